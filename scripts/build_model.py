"""Writes the ONNX graph of all-MiniLM-L6-v2 from its safetensors file, with nothing but the standard library.

    build_model.py model.safetensors minilm.onnx

The graph is BERT (Devlin et al., 2018) as the weights were trained: 6 layers, 384 wide, 12 heads, exact erf GELU, layer
norm with eps 1e-12. Inputs `input_ids` and `attention_mask`, both int64 [batch, tokens]; output `last_hidden_state`, f32
[batch, tokens, 384]. The same weights give the same bytes.
"""

import array
import json
import math
import struct
import sys

LAYERS, WIDTH, HEADS, EPSILON, OPSET = 6, 384, 12, 1e-12, 17
FLOAT, INT64 = 1, 7


# Protocol buffers, as much as ONNX needs: https://protobuf.dev/programming-guides/encoding/
def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def number(field, n):
    return varint(field << 3) + varint(n)


def data(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def single(field, x):
    return varint(field << 3 | 5) + struct.pack('<f', x)


def tensor(name, shape, kind, raw):
    return b''.join(number(1, d) for d in shape) + number(2, kind) + data(8, name) + data(9, raw)


def attribute(name, value):
    head = data(1, name)
    if isinstance(value, float):
        return head + single(2, value) + number(20, 1)
    if isinstance(value, int):
        return head + number(3, value) + number(20, 2)
    return head + b''.join(number(8, v) for v in value) + number(20, 7)


def value_info(name, kind, dims):
    shape = b''.join(data(1, number(1, d) if isinstance(d, int) else data(2, d)) for d in dims)
    return data(1, name) + data(2, data(1, number(1, kind) + data(2, shape)))


class Graph:
    def __init__(self):
        self.nodes, self.tensors, self.count = [], [], 0

    def op(self, kind, *inputs, name=None, **attributes):
        self.count += 1
        name = name or f'{kind.lower()}_{self.count}'
        node = b''.join(data(1, i) for i in inputs) + data(2, name) + data(3, name) + data(4, kind)
        node += b''.join(data(5, attribute(k, v)) for k, v in sorted(attributes.items()))
        self.nodes.append(node)
        return name

    def constant(self, name, shape, kind, raw):
        self.tensors.append(tensor(name, shape, kind, raw))
        return name

    def floats(self, name, *values):
        return self.constant(name, [], FLOAT, struct.pack(f'<{len(values)}f', *values))

    def ints(self, name, *values):
        return self.constant(name, [len(values)], INT64, struct.pack(f'<{len(values)}q', *values))


def transposed(raw, rows, columns):
    flat = array.array('f')
    flat.frombytes(raw)
    out = array.array('f')
    for column in range(columns):
        out.extend(flat[column::columns])
    return out.tobytes()


def main(source, target):
    with open(source, 'rb') as file:
        (length,) = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    header = {name.removeprefix('bert.'): entry for name, entry in header.items()}

    def raw(name):
        entry = header[name]
        assert entry['dtype'] == 'F32', f'{name}: {entry["dtype"]} instead of F32'
        return body[slice(*entry['data_offsets'])], entry['shape']

    g = Graph()

    def weight(name):
        bytes_, shape = raw(name)
        return g.constant(name, shape, FLOAT, bytes_)

    def linear(x, name):
        bytes_, (rows, columns) = raw(name + '.weight')
        kernel = g.constant(name + '.kernel', [columns, rows], FLOAT, transposed(bytes_, rows, columns))
        return g.op('Add', g.op('MatMul', x, kernel), weight(name + '.bias'))

    def norm(x, name):
        return g.op('LayerNormalization', x, weight(name + '.weight'), weight(name + '.bias'), axis=-1, epsilon=EPSILON)

    zero, one = g.ints('zero', 0), g.ints('one', 1)
    heads_shape = g.ints('heads_shape', 0, 0, HEADS, WIDTH // HEADS)
    width_shape = g.ints('width_shape', 0, 0, WIDTH)

    # Embeddings: word, position, and the one token type.
    shape = g.op('Shape', 'input_ids')
    tokens = g.op('Gather', shape, g.constant('axis', [], INT64, struct.pack('<q', 1)), axis=0)
    start = g.constant('start', [], INT64, struct.pack('<q', 0))
    step = g.constant('step', [], INT64, struct.pack('<q', 1))
    positions = g.op('Range', start, tokens, step)
    word = g.op('Gather', weight('embeddings.word_embeddings.weight'), 'input_ids', axis=0)
    position = g.op('Gather', weight('embeddings.position_embeddings.weight'), positions, axis=0)
    types, _ = raw('embeddings.token_type_embeddings.weight')
    first_type = g.constant('embeddings.token_type', [WIDTH], FLOAT, types[: WIDTH * 4])
    x = norm(g.op('Add', g.op('Add', word, position), first_type), 'embeddings.LayerNorm')

    # What is padded gets no attention.
    mask = g.op('Cast', g.op('Unsqueeze', 'attention_mask', g.ints('mask_axes', 1, 2)), to=FLOAT)
    mask = g.op('Mul', g.op('Sub', g.floats('unit', 1.0), mask), g.floats('far', -10000.0))

    for n in range(LAYERS):
        at = f'encoder.layer.{n}.'

        def split(name, order):
            y = linear(x, f'{at}attention.self.{name}')
            return g.op('Transpose', g.op('Reshape', y, heads_shape), perm=order)

        query, key, value = split('query', [0, 2, 1, 3]), split('key', [0, 2, 3, 1]), split('value', [0, 2, 1, 3])
        scale = g.floats(f'scale_{n}', 1 / math.sqrt(WIDTH // HEADS))
        scores = g.op('Add', g.op('Mul', g.op('MatMul', query, key), scale), mask)
        context = g.op('Transpose', g.op('MatMul', g.op('Softmax', scores, axis=-1), value), perm=[0, 2, 1, 3])
        context = linear(g.op('Reshape', context, width_shape), f'{at}attention.output.dense')
        x = norm(g.op('Add', context, x), f'{at}attention.output.LayerNorm')
        y = linear(x, f'{at}intermediate.dense')
        erf = g.op('Erf', g.op('Div', y, g.floats(f'root_{n}', math.sqrt(2.0))))
        y = g.op('Mul', g.op('Mul', y, g.op('Add', erf, g.floats(f'plus_{n}', 1.0))), g.floats(f'half_{n}', 0.5))
        last = n == LAYERS - 1
        y = g.op('Add', linear(y, f'{at}output.dense'), x)
        names = [weight(f'{at}output.LayerNorm.{w}') for w in ('weight', 'bias')]
        x = g.op('LayerNormalization', y, *names, name='last_hidden_state' if last else None, axis=-1, epsilon=EPSILON)

    graph = b''.join(data(1, n) for n in g.nodes) + data(2, 'minilm') + b''.join(data(5, t) for t in g.tensors)
    graph += data(11, value_info('input_ids', INT64, ['batch', 'tokens']))
    graph += data(11, value_info('attention_mask', INT64, ['batch', 'tokens']))
    graph += data(12, value_info('last_hidden_state', FLOAT, ['batch', 'tokens', WIDTH]))
    model = number(1, 8) + data(2, 'bespoke') + data(7, graph) + data(8, data(1, '') + number(2, OPSET))
    with open(target, 'wb') as file:
        file.write(model)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
