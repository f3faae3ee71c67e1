"""Sets pools, variables and connections by Airflow's own commands; what is there already is overwritten."""
import json
import os
import subprocess
import sys
import tempfile

with open(os.path.join(os.path.dirname(__file__), "settings.json"), encoding="utf-8") as file:
    settings = json.load(file)
# Each secret is in a variable of its own: of a variable or a connection, all of it or one part.
for kind, name, part, variable in settings.pop("secrets"):
    text = os.environ[variable]
    if part is not None:
        settings[kind][name][part] = text
    elif kind == "connections":
        text = text.strip()
        settings[kind][name] = json.loads(text) if text.startswith("{") else text
    else:
        settings[kind][name] = text
has_failed = False
for kind, entries in settings.items():
    if not entries:
        continue
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, kind + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(entries, file)
        command = ["airflow", kind, "import", path] + (["--overwrite"] if kind == "connections" else [])
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    # Some failures have words alone, and no exit status.
    words = ("Variable import failed", "Could not import connection")
    has_failed |= done.returncode != 0 or any(line.startswith(words) for line in done.stdout.splitlines())
sys.exit(has_failed)
