"""Let `gen check` judge an object of each of Kubernetes' own types, with every field filled: round_trip.py GEN FOLDER

The values mean nothing, so most objects are refused for a form or a pair of fields; no field may be unknown or of a wrong type
in an API that gen knows, and no run may fail. The version is that of the API that gen judges by.
"""
import collections
import json
import os
import re
import subprocess
import sys

# What a field of such an object is refused for, though the API has it.
OF_TYPE = re.compile(r"unknown key|must be (a string|a whole number|a map|a list|a boolean)$")


def main(gen, folder):
    count, findings = collections.Counter(), 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith((".yaml", ".json")) or "WatchEvent" in name:  # which is no object
            continue
        path = os.path.join(folder, name)
        done = subprocess.run([gen, "check", "--message-format", "json", path], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            findings += 1
            print("FINDING: gen ends with %d on %s: %s" % (done.returncode, name, (done.stdout + done.stderr)[:300]))
            continue
        told = [json.loads(line) for line in done.stdout.splitlines()]
        codes = {one["code"] for one in told}
        of_type = [one["message"] for one in told if one["code"] == "M102" and OF_TYPE.search(one["message"])]
        if "M101" in codes:
            count["of an API that no supported Kubernetes serves"] += 1
        elif "F114" in codes:
            count["not judged"] += 1
        elif of_type:
            findings += 1
            print("FINDING: %s: %s" % (name, "; ".join(of_type)[:300]))
        else:
            count["refused for values alone" if done.returncode else "taken"] += 1
    print("%d objects: %s; %d finding(s)" % (sum(count.values()), ", ".join("%d %s" % (n, what) for what, n in count.most_common()), findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
