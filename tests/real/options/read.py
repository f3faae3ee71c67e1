"""Say, as JSON, which options airflow.cfg has, by version of Airflow: what src/schema/airflow-options.json holds.

    read.py PACKAGES WHEELS     PACKAGES is the list beside this file, and WHEELS the folder that they are kept in; a wheel
                                that is not there is downloaded

An option is known to a version whose `config.yml`, or a provider, describes it, and to one whose code reads it. The code is
parsed, and never run.
"""
import ast
import glob
import json
import os
import subprocess
import sys
import zipfile

import yaml

# Sections of which code looks for names of its own, though it takes them whole.
NOT_FREE = ("webserver",)


def wheel(package, folder):
    """The wheel of `name==version`."""
    name, version = package.split("==")
    pattern = os.path.join(folder, "%s-%s-*.whl" % (name.replace("-", "_"), version))
    if not glob.glob(pattern):
        subprocess.run(["python3", "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps",
                        "--only-binary", ":all:", "--ignore-requires-python", "--dest", folder, package], check=True)
    return zipfile.ZipFile(glob.glob(pattern)[0])


def is_conf(node):
    """Whether an expression is Airflow's configuration: `conf`, `self.conf`, `airflow_conf`, ..."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name == "conf" or name.endswith("_conf")


class Package:
    """What one package says."""

    def __init__(self, archive):
        # (section, option) of what it describes, and of what its code reads; the secrets among the first; sections that its
        # code takes whole; what it reads under an old name, (old, new); and names that it knows to have changed.
        self.described, self.read, self.secret, self.free, self.former, self.renamed = (set() for _ in range(6))
        for name in archive.namelist():
            if name.endswith("airflow/config_templates/config.yml"):
                self.describe(yaml.safe_load(archive.read(name)))
            elif name.endswith(".py"):
                self.look_at(ast.parse(archive.read(name).decode()), name)

    def describe(self, sections):
        if isinstance(sections, list):  # before 2.6
            sections = {section["name"]: {"options": {option["name"]: option for option in section["options"]}}
                        for section in sections}
        for section, about in sections.items():
            for option, facts in (about["options"] or {}).items():
                self.described.add((section.lower(), option.lower()))
                if facts.get("sensitive"):
                    self.secret.add((section.lower(), option.lower()))

    def look_at(self, tree, path):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_conf(node.func.value):
                self.call(node)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                self.table(getattr(target, "id", None), node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", None) == "ConfigChange":
                self.change(node)
            elif isinstance(node, ast.Return) and path.endswith("/get_provider_info.py"):
                self.describe(ast.literal_eval(node.value).get("config") or {})

    def call(self, node):
        """`conf.get("section", "option")`, or `conf.getsection("section")`."""
        given = list(node.args) + [keyword.value for keyword in node.keywords if keyword.arg in ("section", "key")]
        words = [word.value.lower() for word in given[:2] if isinstance(word, ast.Constant) and isinstance(word.value, str)]
        if node.func.attr == "getsection" and words and words[0] not in NOT_FREE:
            self.free.add(words[0])
        elif (node.func.attr.startswith("get") or node.func.attr == "has_option") and len(words) == 2:
            self.read.add(tuple(words))

    def table(self, name, value):
        """What Airflow's parser says of names that changed."""
        if name == "deprecated_options" and isinstance(value, ast.Dict) and value.keys:
            for new, old in ast.literal_eval(value).items():
                if isinstance(old, dict):  # before 2.0, by section
                    self.former.update(((new, name), (new, option)) for option, name in old.items())
                else:
                    self.former.add(((old[0], old[1]), new))
        elif name == "many_to_one_deprecated_options":
            self.former.update(((old[0], old[1]), new) for new, olds in ast.literal_eval(value).items() for old in olds)
        elif name == "deprecated_sections" and isinstance(value, ast.Dict):
            self.former.update(((old[0], "*"), (new, "*")) for new, old in ast.literal_eval(value).items())

    def change(self, node):
        """`ConfigChange(config=ConfigParameter("core", "a"), renamed_to=ConfigParameter("api", "b"))`."""
        said = {keyword.arg: keyword.value for keyword in node.keywords}
        if isinstance(said.get("renamed_to"), ast.Call):
            both = (list(said[key].args) + [keyword.value for keyword in said[key].keywords] for key in ("config", "renamed_to"))
            self.renamed.add(tuple(tuple(ast.literal_eval(word) for word in words) for words in both))


def ranges(versions, found):
    """`1.10-2.2,2.4-`, of a list of versions and those among them that were found."""
    runs = []
    for index, version in enumerate(versions):
        if version not in found:
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    last = len(versions) - 1
    texts = ["%s-%s" % (versions[first], "" if end == last else versions[end]) if first != end or end == last
             else versions[first] for first, end in runs]
    return ",".join(texts)


def span(versions, text):
    """The versions that `1.10`, `2.7-2.9` or `3.0-` says."""
    first, dash, last = text.partition("-")
    end = versions.index(last or (versions[-1] if dash else first))
    return versions[versions.index(first):end + 1]


def main(packages, folder):
    os.makedirs(folder, exist_ok=True)
    with open(packages, encoding="utf-8") as f:
        lines = [line.split() for line in f if not line.startswith("#")]
    is_provider = lambda line: "-providers-" in line[1]
    versions = [line[0] for line in lines if not is_provider(line)]
    core, providers = [[(span(versions, line[0]), Package(wheel(name, folder))) for line in lines if is_provider(line) == kind
                        for name in line[1:]] for kind in (False, True)]
    known, own, former, secret = {}, {}, {}, set()

    def add(to, what, found):
        to.setdefault(what, set()).update(found)

    for found, part in core + providers:
        secret |= part.secret
        for option in part.described | {(section, "*") for section in part.free}:
            add(known, option, found)
    for found, part in core:
        for section, _ in part.described:
            add(own, section, found)
    for found, part in core:
        for option in part.read - {old for old, _ in part.former}:
            add(known, option, found)
    # Providers read options of Airflow's too, some of them only with an older Airflow: those are Airflow's to know.
    described = {section for _, part in providers for section, _ in part.described}
    for found, part in providers:
        for option in part.read:
            if option[0] in described or option[0] not in own:
                add(known, option, found)
    for found, part in core:
        pairs = part.former | part.renamed
        for (section, _), (new, name) in [pair for pair in part.former if pair[0][1] == "*"]:
            pairs.remove(((section, "*"), (new, "*")))
            pairs |= {((section, option), (of, option)) for of, option in known if of == new and known[of, option] & set(found)}
        for old, new in pairs:
            # Nobody asks for a name that itself has another by now.
            read = set(found) & known.get(new, set()) if (old, new) not in part.renamed or (old, new) in part.former else ()
            add(former, (old, new), read)
    former = {(old, new): found for (old, new), found in former.items() if old != new}
    show(versions, own, known, secret, former)


def show(versions, own, known, secret, former):
    """JSON with a line for each option."""
    def block(name, lines):
        return " %s: {\n%s\n }" % (json.dumps(name), ",\n".join("  %s: %s" % (json.dumps(key), json.dumps(value)) for key, value in lines))

    options = {}
    for (section, option), found in sorted(known.items()):
        if found:
            options.setdefault(section, []).append((option, ranges(versions, found)))
    moved = {}
    for (old, new), found in sorted(former.items()):
        moved.setdefault("%s.%s" % old, []).append(["%s.%s" % new, ranges(versions, found)])
    parts = [" %s: %s" % (json.dumps("versions"), json.dumps(versions)),
             block("airflow", [(section, ranges(versions, found)) for section, found in sorted(own.items())]),
             " %s: {\n%s\n }" % (json.dumps("options"), ",\n".join(" " + block(*pair).replace("\n", "\n ") for pair in options.items())),
             " %s: %s" % (json.dumps("secrets"), json.dumps(sorted("%s.%s" % option for option in secret))),
             block("former", moved.items())]
    print("{\n%s\n}" % ",\n".join(parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
