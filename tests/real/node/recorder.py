"""The lines that Airflow sends to the StatsD exporter, as they pass the node."""
import ctypes
import socket
import struct
import threading

PORT, ALL, ATTACH_FILTER = 9125, 3, 26
# UDP to that port, and nothing else: a program of the kernel's packet filter (operation, jumps if true and if false, operand).
FILTER = [
    (0x30, 0, 0, 9), (0x15, 0, 4, socket.IPPROTO_UDP),  # the protocol
    (0xB1, 0, 0, 0), (0x48, 0, 0, 2), (0x15, 0, 1, PORT),  # the port, behind a head of any length
    (0x06, 0, 0, 0xFFFF), (0x06, 0, 0, 0),
]


class Recorder:
    """Listens at all devices: what a Service leads to another pod of the node never comes to the bridge itself."""

    def __init__(self):
        self.lines = set()
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL))
        program = b"".join(struct.pack("HBBI", *step) for step in FILTER)
        buffer = ctypes.create_string_buffer(program)
        self.socket.setsockopt(socket.SOL_SOCKET, ATTACH_FILTER, struct.pack("HL", len(FILTER), ctypes.addressof(buffer)))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            packet = self.socket.recv(65535)
            head = (packet[0] & 15) * 4
            self.lines.update(packet[head + 8:].decode(errors="replace").split("\n"))

    def taken(self):
        """What has come since the last time: one line for each name and type."""
        lines, self.lines = self.lines, set()
        first = {}
        for line in sorted(filter(None, lines)):
            name, _, rest = line.partition(":")
            first.setdefault((name, rest.partition("|")[2][:2]), line)
        return list(first.values())
