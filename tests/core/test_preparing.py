"""What panels want to have ready is made of each frame at rest, now and then while training, and only while wanted."""

from core import preparing
from core.preparing import SHARE, TIMES_A_SECOND, Preparations, Preparing


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def made(preparations, frame, *, training):
    return {name: prepared.made for name, prepared in preparations.of(frame, training=training).items()}


def test_at_rest_it_is_made_of_each_frame_and_while_training_as_often_as_anyone_reads():
    clock = Clock()
    preparations = Preparations(clock)
    preparations.want(Preparing("double", lambda frame: 2 * frame))
    assert [made(preparations, frame, training=False) for frame in (1, 2)] == [{"double": 2}, {"double": 4}]
    assert made(preparations, 3, training=True) == {"double": 4}
    clock.now += 1.01 / TIMES_A_SECOND
    assert made(preparations, 5, training=True) == {"double": 10}
    assert made(preparations, 6, training=False) == {"double": 12}


def test_it_is_made_at_once_when_something_else_is_looked_at():
    preparations = Preparations(Clock())
    preparations.want(Preparing("text", str))
    looks = (("one", 1), ("one", 2), ("other", 3), ("other", 4))
    found = [preparations.of(frame, training=True, look=look)["text"].made for look, frame in looks]
    assert found == ["1", "1", "3", "3"]


def test_what_takes_long_is_made_less_often_while_training():
    clock = Clock()
    preparations = Preparations(clock)

    def slow(frame):
        clock.now += 1.0
        return frame

    preparations.want(Preparing("slow", slow))
    assert made(preparations, 1, training=True) == {"slow": 1}
    clock.now += SHARE - 0.1
    assert made(preparations, 2, training=True) == {"slow": 1}
    clock.now += 0.2
    assert made(preparations, 3, training=True) == {"slow": 3}


def test_another_wish_is_made_at_once_and_tells_whose_it_is():
    preparations = Preparations(Clock())
    first, second = Preparing("text", str), Preparing("text", float)
    preparations.want(first)
    preparations.of(1, training=True)
    preparations.want(second)
    (prepared,) = preparations.of(1, training=True).values()
    assert prepared.wish is second
    assert prepared.made == 1.0


def test_what_is_no_longer_wanted_is_neither_made_nor_handed_out():
    preparations = Preparations(Clock())
    preparations.want(Preparing("text", str))
    preparations.of(1, training=False)
    preparations.want(Preparing("text"))
    assert not preparations.of(2, training=False)


def growing(frame):
    yield f"beginning of {frame}"
    yield
    return f"all of {frame}"


def text(preparations, frame, **options):
    found = preparations.of(frame, seconds=0.0, **options).get("text")
    return None if found is None else found.made


def test_what_takes_long_is_made_some_of_it_with_each_frame_and_its_beginning_is_shown(monkeypatch):
    monkeypatch.setattr(preparing, "NEWER_SECONDS", 0.0)
    clock = Clock()
    preparations = Preparations(clock)
    preparations.want(Preparing("text", growing))
    shown = [text(preparations, frame, training=True) for frame in (1, 2, 3)]
    assert shown == ["beginning of 1", "beginning of 1", "all of 1"]
    # Of newer numbers the beginning alone is of no use: what is there stays until all of them are.
    clock.now += 1.0
    shown = [text(preparations, frame, training=True) for frame in (4, 5, 6, 7)]
    assert shown[0] == "all of 1"
    assert shown[-1] == "all of 4"


def test_at_rest_nothing_is_made_twice_of_one_moment_and_nothing_goes_on_that_is_of_another():
    preparations = Preparations(Clock())
    preparations.want(Preparing("text", growing))
    moments = ((1, "now"), (2, "now"), (3, "later"), (4, "later"), (5, "later"), (6, "later"))
    shown = [text(preparations, frame, training=False, moment=moment) for frame, moment in moments]
    assert shown == ["beginning of 1"] * 2 + ["beginning of 3"] * 2 + ["all of 3"] * 2
    assert not preparations.under_way


def test_what_is_looked_at_no_more_does_not_go_on():
    preparations = Preparations(Clock())
    preparations.want(Preparing("text", growing))
    assert text(preparations, 1, training=True, look="one") == "beginning of 1"
    assert preparations.under_way
    assert text(preparations, 2, training=True, look="other") == "beginning of 2"
    preparations.want(Preparing("text"))
    assert not preparations.under_way
