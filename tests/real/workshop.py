"""A folder of its own, with programs on the path, and what was seen there."""
import os
import tempfile


class Workshop:
    """A folder that goes when it ends, and programs by the names that commands have for them."""

    def __init__(self, **programs):
        self.programs, self.findings = programs, []

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()  # pylint: disable=consider-using-with
        self.home = self.folder.name
        os.mkdir(self.at("bin"))
        for name, program in self.programs.items():
            os.symlink(os.path.realpath(program), self.at("bin", name))
        return self

    def __exit__(self, *fault):
        self.folder.cleanup()

    def at(self, *names):
        return os.path.join(self.home, *names)

    def path(self, others=os.environ["PATH"]):
        return self.at("bin") + ":" + others

    def write(self, text, *names):
        with open(self.at(*names), "w", encoding="utf-8") as f:
            f.write(text)

    def expect(self, what, holds, more=""):
        print("%s: %s" % ("as expected" if holds else "FINDING", what), *([] if holds else [str(more)[:3000]]))
        self.findings.extend([] if holds else [what])

    def status(self):
        """The status to exit with."""
        return 1 if self.findings else 0
