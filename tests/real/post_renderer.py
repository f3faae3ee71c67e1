"""Let Helm 4 render charts through `gen check` as a post-renderer: post_renderer.py GEN HELM

The plugin is the one that docs/check.md shows.
"""
import os
import re
import subprocess
import sys
import tempfile

CHART = "apiVersion: v2\nname: shop\nversion: 0.1.0\n"
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: {{ .Values.a | quote }}}\n"
# Helm asks for hooks too.
HOOK = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  annotations: {helm.sh/hook: pre-install}\n{{ .Values.key }}: {b: c}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: s}}]}]}\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def main(gen, helm):
    with open("docs/check.md", encoding="utf-8") as f:
        plugin = re.search(r"```yaml\n(apiVersion: v1\ntype: postrenderer/v1\n.*?)```", f.read(), re.S).group(1)
    findings = []
    with tempfile.TemporaryDirectory() as home:
        at = lambda *names: os.path.join(home, *names)  # noqa: E731
        write(at("gen-check", "plugin.yaml"), plugin)
        write(at("chart", "Chart.yaml"), CHART)
        write(at("chart", "values.yaml"), "{a: 1, key: data}\n")
        for name, text in (("a", CONFIG), ("b", HOOK), ("p", POD)):
            write(at("chart", "templates", name + ".yaml"), text)
        os.mkdir(at("bin"))
        os.symlink(os.path.realpath(gen), at("bin", "gen"))
        environment = {"PATH": at("bin") + ":" + os.environ["PATH"], "HOME": home}

        def run(*arguments):
            done = subprocess.run([helm, *arguments], cwd=home, env=environment, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout, done.stderr

        def said():
            with open(at("gen-check.txt"), encoding="utf-8") as f:
                return f.read()

        def expect(what, holds, *more):
            print("%s: %s" % ("as expected" if holds else "FINDING", what), *([] if holds else more))
            findings.extend([] if holds else [what])

        status, _, error = run("plugin", "install", "./gen-check")
        expect("Helm takes the plugin", status == 0, error)
        _, plain, _ = run("template", "shop", "chart")
        status, rendered, error = run("template", "shop", "chart", "--post-renderer", "gen-check")
        expect("what is right is rendered", status == 0 and "name: a" in rendered and "name: b" in rendered, error)
        expect("it is what Helm renders by itself", sorted(rendered.split("---\n")) == sorted(plain.split("---\n")), rendered)
        expect("a warning is in the file, with the template",
               "Pod `p` in `shop/templates/p.yaml`: it refers to the Secret `s`" in said(), said())
        status, rendered, _ = run("template", "shop", "chart", "--post-renderer", "gen-check", "--set", "key=dta")
        expect("what is wrong is not rendered", status != 0 and rendered == "", rendered)
        expect("an error is in the file, with the template",
               "ConfigMap `b` in `shop/templates/b.yaml`: unknown key `dta`" in said(), said())
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
