"""Writes the two models that read pictures of pages, with nothing but the standard library.

    build_ocr.py DETECTION.onnx RECOGNITION.onnx FOLDER

PP-OCRv6 small (PaddlePaddle, Apache-2.0): the detection model goes to FOLDER/ocr-lines.onnx as it is. The recognition model tells
18,710 letters apart, most of them Chinese; FOLDER/ocr-letters.onnx keeps those of Latin script, digits and common signs, so that
it is smaller and faster and takes no letter for one of another script. FOLDER/ocr-letters.txt lists them in the order of
the model's classes, behind the first one, which stands for "no letter". The same models give the same bytes.
"""

import array
import os
import shutil
import sys
import unicodedata

from build_model import data, number, varint

# Numbers of the fields of ONNX messages: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
GRAPH, METADATA = 7, 14
INITIALIZER, VALUE_INFO = 5, 13
DIMS, NAME, RAW_DATA = 1, 8, 9
WEIGHTS, BIAS = b"linear_8.w_0", b"linear_8.b_0"
SIGNS = "–—‘’“”„•…€™→←■□▪●○★✓"


def read_varint(message, at):
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(message):
    """Number, wire type and value of each field; the value of a fixed one is its bytes."""
    at = 0
    while at < len(message):
        key, at = read_varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = read_varint(message, at)
        else:
            length, at = read_varint(message, at) if wire == 2 else ({1: 8, 5: 4}[wire], at)
            value, at = message[at:at + length], at + length
        yield key >> 3, wire, value


def field(place, wire, value):
    if wire == 0:
        return number(place, value)
    if wire == 2:
        return data(place, bytes(value))
    return varint(place << 3 | wire) + bytes(value)


def is_latin(letter):
    code = ord(letter)
    if 0x20 < code < 0x7F or letter in SIGNS:
        return True
    # Latin-1 and Latin Extended-A, and the two letters of Romanian behind them.
    return (0xA0 < code < 0x180 or 0x218 <= code <= 0x21B) and unicodedata.category(letter)[0] in "LNPS"


def of_classes(tensor, classes, kept):
    """A tensor whose last dimension counts classes, with those of `kept`."""
    parts = list(fields(tensor))
    raw = next(value for place, _, value in parts if place == RAW_DATA)
    numbers = array.array("f")
    numbers.frombytes(bytes(raw))
    out = array.array("f")
    for row in range(0, len(numbers), classes):
        out.extend(numbers[row + k] for k in kept)
    dims = {classes: len(kept)}
    changed = b""
    for place, wire, value in parts:
        if place == DIMS and wire == 2:
            value = b"".join(varint(dims.get(d, d)) for d in packed(value))
        elif place == DIMS:
            value = dims.get(value, value)
        elif place == RAW_DATA:
            value = out.tobytes()
        changed += field(place, wire, value)
    return changed


def packed(numbers):
    at = 0
    while at < len(numbers):
        value, at = read_varint(numbers, at)
        yield value


def main():
    detection, recognition, folder = sys.argv[1:]
    with open(recognition, "rb") as file:
        model = list(fields(memoryview(file.read())))
    metadata = [dict((n, bytes(v)) for n, _, v in fields(value)) for place, _, value in model if place == METADATA]
    letters = next(m[2] for m in metadata if m[1] == b"character").decode().split("\n")
    # Behind "no letter" come those that are listed, and a space.
    letters = [*[one for one in letters if one != ""], " "]
    kept = [0, *[k for k, letter in enumerate(letters, 1) if letter == " " or len(letter) == 1 and is_latin(letter)]]
    classes = len(letters) + 1
    assert classes == 18710, classes
    out = b""
    for place, wire, value in model:
        if place == METADATA:
            continue
        if place == GRAPH:
            graph = b""
            for part, kind, content in fields(value):
                if part == INITIALIZER and any(n == NAME and bytes(v) in (WEIGHTS, BIAS) for n, _, v in fields(content)):
                    content = of_classes(content, classes, kept)
                # Shapes that are only for show, and that would no longer be right.
                if part != VALUE_INFO:
                    graph += field(part, kind, content)
            value = graph
        out += field(place, wire, value)
    with open(os.path.join(folder, "ocr-letters.onnx"), "wb") as file:
        file.write(out)
    with open(os.path.join(folder, "ocr-letters.txt"), "w", encoding="utf-8") as file:
        file.write("".join(letters[k - 1] + "\n" for k in kept[1:]))
    shutil.copyfile(detection, os.path.join(folder, "ocr-lines.onnx"))


if __name__ == "__main__":
    main()
