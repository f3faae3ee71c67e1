"""Let pre-commit install and run the hooks of this checkout: pre_commit.py PROGRAM GEN

The configuration is that of examples/pre-commit, but for the address and the revision; the repository is examples/environments.
They run twice: with `language: system` and this GEN, and as they are, for which pre-commit builds gen with cargo, here as for a test.
With GEN_PRE_COMMIT_CARGO=no the second is left out.
"""
import os
import re
import shutil
import subprocess
import sys

from workshop import Workshop

OPTIONS = {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_OPT_LEVEL": "0", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "64"}
NAME = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}


def main(program, gen):
    with Workshop(gen=gen) as shop:
        at, expect = shop.at, shop.expect
        environment = {**os.environ, **OPTIONS, **NAME, "PATH": shop.path(), "PRE_COMMIT_HOME": at("kept"), "CARGO_TARGET_DIR": os.path.abspath("target/real/pre-commit")}

        def run(*command, cwd, fails=False):
            done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
            if done.returncode and not fails:
                raise ValueError("%s: %s%s" % (" ".join(command), done.stdout, done.stderr))
            return done

        # What is tracked here, as a repository of its own.
        tracked = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=".").stdout.split("\0")
        for path in filter(os.path.isfile, tracked):
            os.makedirs(os.path.dirname(at("gen", path)), exist_ok=True)
            shutil.copy2(path, at("gen", path), follow_symlinks=False)
        shutil.copytree("examples/environments", at("airflow"))
        for folder in ("gen", "airflow"):
            run("git", "init", "-q", cwd=at(folder))
            run("git", "add", "-A", cwd=at(folder))
            run("git", "commit", "-q", "-m", "first", cwd=at(folder))
        revision = run("git", "rev-parse", "HEAD", cwd=at("gen")).stdout.strip()
        with open("examples/pre-commit/.pre-commit-config.yaml", encoding="utf-8") as f:
            config = f.read()
        expect("the configuration has an address and a revision", "https://git.example.com/gen.git" in config and "v0.1.0" in config)
        own = config.replace("https://git.example.com/gen.git", "file://" + at("gen")).replace("v0.1.0", revision)
        shop.write(re.sub(r"( *)- id: .*", r"\g<0>\n\1  language: system", own), "airflow", ".pre-commit-config.yaml")
        run("git", "add", "-A", cwd=at("airflow"))
        done = run(program, "run", "--all-files", cwd=at("airflow"), fails=True)
        expect("what is right passes", done.returncode == 0 and "what the values give" in done.stdout and "Passed" in done.stdout,
               done.stdout + done.stderr)
        run(program, "install", cwd=at("airflow"))
        run("git", "commit", "-q", "-m", "second", cwd=at("airflow"))

        def commit(*changes):
            for path, text in changes:
                shop.write(text, "airflow", path)
            run("git", "add", "-A", cwd=at("airflow"))
            return run("git", "commit", "-m", "next", cwd=at("airflow"), fails=True)

        with open(at("airflow", "values", "prod.yaml"), encoding="utf-8") as f:
            values = f.read()
        changed = values.replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")
        done = commit(("values/prod.yaml", changed))
        expect("a commit of values alone is refused, and the file is named", done.returncode != 0
               and "`rendered/prod/api-server/api-server-deployment.yaml` is not what the values give" in done.stderr + done.stdout, done.stdout + done.stderr)
        run(gen, "all", cwd=at("airflow"))
        done = commit()
        expect("with the manifests it passes", done.returncode == 0, done.stdout + done.stderr)
        done = commit(("values.yaml", "airflowVersion: 3.2.2\nscheduler: {replcas: 2}\n"))
        expect("a values file with a mistake is refused, with the way out", done.returncode != 0 and "did you mean `replicas`?" in done.stderr + done.stdout,
               done.stdout + done.stderr)
        if os.environ.get("GEN_PRE_COMMIT_CARGO") == "no":
            print("not run: what pre-commit builds with cargo")
            return shop.status() or 77
        run("git", "reset", "-q", "--hard", cwd=at("airflow"))
        shop.write(own, "airflow", ".pre-commit-config.yaml")
        os.remove(at("bin", "gen"))
        run("git", "add", "-A", cwd=at("airflow"))
        done = run(program, "run", "--all-files", cwd=at("airflow"), fails=True)
        expect("pre-commit builds gen with cargo, and what is right passes", done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr)
    return shop.status()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
