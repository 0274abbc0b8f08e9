"""JSON made to harm or badly hurt: one sentence each, and never much memory."""

import pytest

from core.formats import FORMATS, load
from core.formats.strict_json import LIMIT


def doc(w: str, more: str = "") -> bytes:
    return f'{{"W1": {w}{more}, "metadata": {{"activations": ["tanh"]}}}}'.encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (doc("[[1, NaN]]"), "W1[0,1] is NaN; every weight and bias must be a finite number."),
        (doc("[[1], [-Infinity]]"), "W1[1,0] is infinite"),
        (doc("[[1e999]]"), "W1[0,0] is infinite"),
        (doc("[[" + "9" * 400 + "]]"), "W1[0,0] is infinite"),
        (doc("[[1], [true]]"), "W1[1,0] must be a number, not true."),
        (doc('[[1], ["2"]]'), "W1[1,0] must be a number, not '2'."),
        (doc("[[null]]"), "W1[0,0] must be a number, not null."),
        (doc("[[[1]]]"), "W1[0,0] must be a number, not a list."),
        (doc("[[1, 2], [3]]"), "W1[1] has 1 numbers, but W1[0] has 2; make them alike."),
        (doc("[1, 2]"), "W1[0] must be a list, not 1."),
        (doc("{}"), "W1 must be a list, not an object."),
        (doc("[]"), "W1 (0, 0) has no inputs; give at least one."),
        (doc("[[]]"), "W1 (1, 0) has no units; give at least one."),
        (doc("[[1]]", ', "b1": 0'), "b1 must be a list, not 0."),
        (doc("[[1]]", ', "b1": [[0]]'), "b1[0] must be a number, not a list."),
        (doc("[[1]]", ', "W1": [[2]]'), "it holds 'W1' twice; leave one of them out."),
        (doc("[[1]]", ', "layers": []'), "it holds 'layers', which is none of W1, b1, … metadata"),
        (b'{"W1": [[1]], "metadata": 5}', "metadata must be an object { … }, not 5."),
        (b'{"W1": [[1]], "metadata": {"loss": 1, "loss": 2}}', "it holds 'loss' twice"),
        (b"[]", "the document must be an object { … }, not a list."),
        (b"null", "the document must be an object { … }, not null."),
        (b'"\\ud800"', "the document must be an object { … }, not '\\ud800'."),
        (b"", "it is not whole JSON: Expecting value at line 1, column 1; mend it or save it anew."),
        (b'{"W1": [[1,\n 2 3]]}', "Expecting ',' delimiter at line 2, column 4"),
        (b"{'W1': 1}", "it is not whole JSON: Expecting property name enclosed in double quotes at line 1"),
        (b"PK\x03\x04", "it is not whole JSON"),
        (b'{"W1": "\xff"}', "it is not JSON, which is text in UTF-8: byte 8 is none; save it anew."),
        (b"[" * 100_000, "its lists are nested too deeply"),
        (b'{"a":' * 900, "it is not whole JSON"),
        (b'{"W1":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "its lists are nested too deeply"),
    ],
)
def test_one_sentence_each(content, expected, refusal):
    assert expected in refusal(content, "w.json")


def filled(unit: str, count: int) -> bytes:
    return f"[{','.join([unit] * count)}]".encode().ljust(LIMIT)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[" * LIMIT, "it has more than 150,000 '['; keep networks of that size as .npz."),
        (b"[],".join([b""] * (LIMIT // 3)), "it has more than 150,000 '['"),
        (b"{}," * (LIMIT // 3), "it has more than 1,000 '{'"),
        (b"1," * (LIMIT // 2), "it has more than 330,000 ','"),
        (b'"a":' * (LIMIT // 4), "it has more than 10,000 ':'"),
        (filled('"\U0001f600ab"', 329_000), "the document must be an object"),
        (filled("[0.5]", 149_000), "the document must be an object"),
        (filled('{"a":1}', 999), "the document must be an object"),
        (b"1" * LIMIT, "the document must be an object { … }, not inf."),
        (b"0." + b"1" * (LIMIT - 2), "the document must be an object"),
        (b"1e" + b"1" * (LIMIT - 2), "the document must be an object"),
        (b'"' + b"a" * (LIMIT - 2) + b'"', "the document must be an object { … }, not 'aaaaaaaaa"),
        (b'{"' + b"a" * (LIMIT - 6) + b'":1}', "it holds 'aaaaaaaaa"),
        (b'"' + b"\\" * (LIMIT - 1), "it is not whole JSON"),
        (b" " * LIMIT, "it is not whole JSON"),
    ],
    ids=range(15),
)
def test_full_to_the_limit_it_still_takes_little_memory(content, expected, refusal):
    assert expected in refusal(content, "w.json")


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(60 * 2**20)
    with pytest.raises(ValueError, match=r"it is larger than 6 MiB, the most that is read as \.json\."):
        load(path)


def test_truncated_anywhere(document, refusal):
    whole = FORMATS["json"].encode(document)
    for part in range(20):
        assert "it is not whole JSON" in refusal(whole[: len(whole) * part // 20], "w.json")


def test_a_byte_order_mark_and_blanks_are_no_harm(tmp_path):
    (tmp_path / "w.json").write_bytes(b"\xef\xbb\xbf\n " + doc("[[1, -0.0, 123456789012345678901234567890]]"))
    assert str(load(tmp_path / "w.json").network.weights[0].tolist()) == "[[1.0, -0.0, 1.2345678901234568e+29]]"
