"""Long work is done at once, or some at a time with the same result."""

from core.work import Done, finished, go_on


def counted(steps):
    done = 0
    for _ in range(steps):
        done += 1
        yield
    return done


def test_it_is_done_at_once():
    assert finished(counted(1000)) == 1000


def test_it_is_done_some_at_a_time():
    work = counted(2)
    assert [go_on(work, 0.0) for _ in range(3)] == [None, None, Done(2)]
    assert go_on(counted(3), 60.0) == Done(3)


def test_what_there_is_of_it_so_far_is_handed_out_and_it_goes_on():
    def growing():
        yield
        yield "half"
        yield
        return "whole"

    work = growing()
    assert [go_on(work, 60.0) for _ in range(2)] == [Done("half", whole=False), Done("whole")]
    assert finished(growing()) == "whole"
