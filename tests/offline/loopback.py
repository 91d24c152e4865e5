"""Switches on the loopback of a network namespace, and makes sure that nothing else is reached from it."""

import fcntl
import socket
import struct

SET_FLAGS, UP = 0x8914, 1

fcntl.ioctl(socket.socket(), SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
try:
    socket.create_connection(("192.0.2.1", 443), timeout=5)
except OSError as why:
    print(f"the network is cut off: {why}")
else:
    raise SystemExit("there is a network")
