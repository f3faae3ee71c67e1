"""The lines that Airflow sends to the StatsD exporter, as they pass the bridge."""
import socket
import struct
import threading

PORT = 9125


class Recorder:
    def __init__(self, device):
        self.lines = set()
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
        self.socket.bind((device, 0x0800))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            packet = self.socket.recv(65535)
            head = (packet[0] & 15) * 4
            if packet[9] == 17 and struct.unpack_from("!H", packet, head + 2)[0] == PORT:
                self.lines.update(packet[head + 8:].decode(errors="replace").split("\n"))

    def taken(self):
        """What has come since the last time: one line for each name and type."""
        lines, self.lines = self.lines, set()
        first = {}
        for line in sorted(filter(None, lines)):
            name, _, rest = line.partition(":")
            first.setdefault((name, rest.partition("|")[2][:2]), line)
        return list(first.values())
