"""Let SOPS, kubeseal and crane work with gen by pipes: pipes.py GEN AGE_KEYGEN SOPS KUBESEAL CRANE

The commands are those of docs/pipelines.md, as a shell runs them.
"""
import os
import re
import subprocess
import sys

import yaml

from workshop import Workshop

VALUES = "airflowVersion: 3.2.2\nexecutor: CeleryExecutor\nnamespace: data\n"


def commands(of):
    """The lines of the page that run a program, without what goes to a cluster."""
    with open("docs/pipelines.md", encoding="utf-8") as f:
        text = f.read()
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [line for line in lines if of in line]


def main(gen, keygen, sops, kubeseal, crane):
    with Workshop(gen=gen, sops=sops, kubeseal=kubeseal, crane=crane) as shop:
        at, expect, home = shop.at, shop.expect, shop.home
        environment = {**os.environ, "PATH": shop.path(), "HOME": home, "SOPS_AGE_KEY_FILE": at("key.txt")}

        def run(line):
            return subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=home, env=environment, capture_output=True, text=True, check=False)

        subprocess.run([keygen, "-o", at("key.txt")], check=True, capture_output=True)
        with open(at("key.txt"), encoding="utf-8") as f:
            recipient = re.search(r"public key: (age1\S+)", f.read()).group(1)
        key = run("gen fernet-key").stdout.strip()
        shop.write(VALUES, "values.yaml")
        shop.write("fernetKey: %s\nwebserverSecretKey: \"0123456789abcdef\"\n" % key, "secrets.yaml")
        encrypt, decrypt = commands("sops -e"), commands("sops -d")
        expect("the page has the commands of SOPS", len(encrypt) == 1 and len(decrypt) == 1, (encrypt, decrypt))
        done = run(encrypt[0].replace("age1...", recipient))
        expect("SOPS enciphers values", done.returncode == 0, done.stderr)
        with open(at("secrets.enc.yaml"), encoding="utf-8") as f:
            enciphered = f.read()
        expect("the secrets do not stand in it", key not in enciphered and "ENC[" in enciphered)
        done = run(decrypt[0].split(" | kubectl")[0])
        plain = run("gen -f values.yaml -f secrets.yaml")
        expect("the manifests are those of the plain values", done.returncode == 0 and done.stdout == plain.stdout, done.stderr)
        done = run("gen -f values.yaml -f secrets.enc.yaml")
        expect("enciphered values are refused", done.returncode == 2 and done.stdout == "", done.stderr)

        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=sealed-secrets", "-days", "3",
                        "-keyout", at("private.pem"), "-out", at("cert.pem")], check=True, capture_output=True)
        lines = commands("kubeseal")
        expect("the page has the command of kubeseal", len(lines) == 1, lines)
        done = run(lines[0].split(" > ")[0])
        sealed = [one for one in yaml.safe_load_all(done.stdout) if one]
        made = [one for one in yaml.safe_load_all(run("gen secrets -q -f values.yaml").stdout) if one]
        names = sorted((one["metadata"]["namespace"], one["metadata"]["name"]) for one in made)
        expect("kubeseal seals each Secret", done.returncode == 0 and {one["kind"] for one in sealed} == {"SealedSecret"}
               and sorted((one["metadata"]["namespace"], one["metadata"]["name"]) for one in sealed) == names, done.stderr or done.stdout)
        shop.write(done.stdout, "sealed.yaml")
        opened = {}
        for number, one in enumerate(sealed):
            shop.write(yaml.safe_dump(one), "%d.yaml" % number)
            done = run("kubeseal --recovery-unseal --recovery-private-key private.pem -o yaml < %d.yaml" % number)
            secret = yaml.safe_load(done.stdout)
            opened[secret["metadata"]["name"]] = sorted(secret["data"])
        expect("what is sealed has the keys", opened == {one["metadata"]["name"]: sorted({**one.get("data", {}), **one.get("stringData", {})}) for one in made}, opened)
        done = run("gen -f values.yaml | cat - sealed.yaml | gen check -")
        expect("`gen check` finds the Secrets that they stand for", done.returncode == 0 and "Secret `" not in done.stdout, done.stdout + done.stderr)

        # A registry of crane's own has the images.
        registry = subprocess.Popen([crane, "registry", "serve", "--address", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        try:
            port = next(found.group(1) for found in (re.search(r"port (\d+)", line) for line in registry.stderr) if found)
            of = "127.0.0.1:%s" % port
            shop.write("airflowVersion: 3.2.2\nexecutor: LocalExecutor\ndefaultAirflowRepository: %s/airflow\nimages: {statsd: {repository: %s/statsd, tag: v1}}\n"
                  "postgresql: {enabled: false}\ndata: {metadataSecretName: a}\n"
                  % (of, of), "values.yaml")
            images = run("gen images -q -f values.yaml").stdout.split()
            digests = {}
            for number, image in enumerate(images):
                shop.write(image, "%d.txt" % number)
                done = run("tar cf %d.tar %d.txt && crane append -t %s -f %d.tar" % (number, number, image, number))
                digests[image] = run("crane digest %s" % image).stdout.strip()
            expect("crane has the images", len(digests) == 2 and all(one.startswith("sha256:") for one in digests.values()), digests or done.stderr)
            making, pinning = commands("crane digest") + commands("--as-values")
            done = run(making + " && " + pinning)
            expect("the commands of the page make values", done.returncode == 0, done.stderr)
            pinned = run("gen images -q -f values.yaml -f pinned.yaml").stdout.split()
            expect("each image has the digest that the registry has", pinned == ["%s@%s" % (image.rsplit(":", 1)[0], digests[image]) for image in images], pinned)
            full = "".join("%s\n" % run("crane digest --full-ref %s" % image).stdout.strip() for image in images)
            shop.write(full, "full.txt")
            done = run("gen images -q -f values.yaml --digests full.txt")
            expect("the digests may have crane's full form", done.stdout.split() == pinned, full + done.stderr)
        finally:
            registry.terminate()
            registry.wait()
    return shop.status()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
