"""Addresses that a sign-in was told of: enough are kept, and no more than enough."""

from lib.access import told


def message(number: int) -> bytes:
    """A message of a visit, with the address of a download in it."""
    return b"\x0a\x40/media/" + f"{number:056x}.csv".encode() + b"\x12\x02ok"


def path(number: int) -> str:
    return f"/media/{number:056x}.csv"


def test_a_sign_in_knows_what_it_was_told_and_nothing_else() -> None:
    """A download that is refused to its own page, or given to another's."""
    told.note("a", message(1))
    assert told.knows("a", path(1)) and not told.knows("b", path(1)) and not told.knows("a", path(2))
    assert not told.knows("a", path(1) + "\n") and not told.knows("a", path(1)[:-1])
    told.forget("a")
    assert not told.knows("a", path(1))


def test_what_is_remembered_does_not_grow_without_end() -> None:
    """A server that fills its memory with the addresses of a year."""
    for number in range(told.KEPT + 10):
        told.note("a", message(number))
    assert told.knows("a", path(told.KEPT + 9)) and not told.knows("a", path(0))
    for number in range(told.SIGN_INS + 10):
        told.note(f"s{number}", message(number))
    assert not told.knows("a", path(told.KEPT + 9)) and not told.knows("s0", path(0))
    assert told.knows(f"s{told.SIGN_INS + 9}", path(told.SIGN_INS + 9))
    for number in range(told.SIGN_INS + 10):
        told.forget(f"s{number}")
