"""What the server does before its first visit."""

import socket

from lib import readiness


def test_small_answers_are_sent_at_once() -> None:
    """Prevents the system from holding every small file and message back for the 40 ms of a late acknowledgement."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        readiness.prompt()
        with socket.create_connection(listening.getsockname()) as visitor:
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert not visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_closed_socket_is_left_alone() -> None:
    """Prevents a start that fails over a socket that somebody has closed and not let go of."""
    closed = socket.create_server(("127.0.0.1", 0))
    closed.close()
    readiness.prompt()
    assert closed.fileno() == -1
