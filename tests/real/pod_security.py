"""Let gen judge the pods with which Pod Security admission tests itself: pod_security.py GEN TESTDATA

TESTDATA is `test/testdata` of the module k8s.io/pod-security-admission: PROFILE/VERSION/{pass,fail}/CONTROL*.yaml, a pod each.  All that
are to pass are to have no finding of the families Q1 and Q2, and each that is to fail one of the rule that its control is.

Exit status: 0 all are judged right, 1 some are not.
"""
import collections
import json
import os
import re
import subprocess
import sys

# The rules of each control, by the name of its files.
RULES = {
    "allowprivilegeescalation": ("Q201",), "apparmorprofile": ("Q110",), "capabilities_baseline": ("Q106",),
    "capabilities_restricted": ("Q106", "Q202"), "hostnamespaces": ("Q101",), "hostpathvolumes": ("Q102",), "hostports": ("Q103",),
    "hostprobesandhostlifecycle": ("Q104",), "privileged": ("Q105",), "procmount": ("Q107",), "procmount_restricted": ("Q107",),
    "restrictedvolumes": ("Q206", "Q102"), "runasnonroot": ("Q203",), "runasuser": ("Q204",), "seccompprofile_baseline": ("Q109",),
    "seccompprofile_restricted": ("Q109", "Q205"), "selinuxoptions": ("Q108",), "sysctls": ("Q111",), "windowshostprocess": ("Q112",)}


def said(gen, folder, profile, version):
    """The codes of the profiles' rules that gen finds in each file of a folder."""
    files = sorted(os.listdir(folder))
    command = [gen, "check", "--profile", profile, "--kube-version", version[1:], "--message-format", "json"] + files
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit("%s: gen ended with %d: %s%s" % (folder, done.returncode, done.stdout[-500:], done.stderr[-500:]))
    found = {name: set() for name in files}
    for one in map(json.loads, done.stdout.splitlines()):
        if one["code"].startswith("Q"):
            found[one["place"]["source"]].add(one["code"])
    return found


def main(gen, testdata):
    count, wrong = collections.Counter(), 0
    for profile in ("baseline", "restricted"):
        for version in sorted(os.listdir(os.path.join(testdata, profile)), key=lambda name: int(name.split(".")[1])):
            for meant in ("pass", "fail"):
                folder = os.path.join(testdata, profile, version, meant)
                for name, codes in said(gen, folder, profile, version).items():
                    count[profile, meant] += 1
                    control = re.sub(r"\d*\.yaml$", "", name)
                    if bool(codes) != (meant == "fail") or codes and not codes & set(RULES[control]):
                        wrong += 1
                        print("FINDING: %s/%s/%s/%s: gen says %s" % (profile, version, meant, name, sorted(codes) or "nothing"))
    print(", ".join("%s: %d to %s" % (profile, number, meant) for (profile, meant), number in sorted(count.items())))
    print("%d pods, %d finding(s)" % (sum(count.values()), wrong))
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
