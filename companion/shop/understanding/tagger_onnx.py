"""An ONNX model made to give values from inside it, by rewriting the list of outputs in its bytes: nothing is needed but the runtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_GRAPH, _OUTPUT, _NAME, _FLOATS = 7, 12, 1, b"\x12\x04\x0a\x02\x08\x01"
"""Of the ONNX format: the fields ModelProto.graph, GraphProto.output and ValueInfoProto.name, and the type of float tensors."""
_SIZES = {1: 8, 5: 4}
"""Bytes of protobuf's fixed values by their wire type."""


def with_outputs(model: bytes, names: Sequence[str]) -> bytes:
    """A model that gives these inner values in place of its outputs; what only the outputs needed is then left out at loading.

    Raises:
        ValueError: the bytes are no model.
    """
    outputs = b"".join(_field(_OUTPUT, _field(_NAME, name.encode()) + _FLOATS) for name in names)
    parts = []
    for number, whole, content in _fields(memoryview(model)):
        if number != _GRAPH:
            parts.append(bytes(whole))
            continue
        kept = b"".join(inner for part, inner, _ in _fields(content) if part != _OUTPUT)
        parts.append(_field(_GRAPH, kept + outputs))
    return b"".join(parts)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """The fields of a protobuf message: number, all its bytes, and its content."""
    at = 0
    while at < len(message):
        key, start = _varint(message, at)
        if key & 7 == 0:
            _, last = _varint(message, start)
        elif key & 7 in _SIZES:
            last = start + _SIZES[key & 7]
        elif key & 7 == 2:
            size, start = _varint(message, start)
            last = start + size
        else:
            raise ValueError(f"no ONNX model: odd field at byte {at}")
        if last > len(message):
            raise ValueError(f"no ONNX model: cut off in the field at byte {at}")
        yield key >> 3, message[at:last], message[start:last]
        at = last


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number, and where it ends."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ValueError("no ONNX model: cut off in a number")


def _field(number: int, content: bytes) -> bytes:
    size, length = len(content), bytearray()
    while size > 127:
        length.append(size & 127 | 128)
        size >>= 7
    return bytes([number << 3 | 2, *length, size]) + content
