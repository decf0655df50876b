"""Writes the network behind the embedding sums as ONNX and compares it with numpy: python3 export_onnx.py MODEL OUT.

Input "x": float32 [1, width, tokens], the sums of embeddings; output "p": float32 [1, 8, tokens], class probabilities.
"""

import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import model


def body(p):
    nodes, constants, x = [], [], "x"
    width = p["e"].shape[1]

    def convolution(source, target, weights, taps=1, dilation=1, bias=None, groups=1):
        name = f"{target}.w"
        constants.append(numpy_helper.from_array(np.ascontiguousarray(weights), name))
        if bias is not None:
            constants.append(numpy_helper.from_array(bias, f"{target}.b"))
        side = taps // 2 * dilation
        nodes.append(helper.make_node("Conv", [source, name] + ([f"{target}.b"] if bias is not None else []), [target], kernel_shape=[taps], dilations=[dilation], pads=[side, side], group=groups))

    for k, (taps, dilation, kind) in enumerate(p["layers"]):
        w, b = p[f"w{k}"].T[:, :, None], p[f"b{k}"]
        if kind == model.POINTWISE:
            convolution(x, f"y{k}", w, bias=b)
        else:
            d = p[f"d{k}"].T[:, None, :]
            if kind == model.SEPARABLE:
                convolution(x, f"d{k}", d, taps, dilation, groups=width)
                convolution(f"d{k}", f"y{k}", w, bias=b)
            else:
                convolution(x, f"d{k}", w)
                convolution(f"d{k}", f"y{k}", d, taps, dilation, b, width)
        nodes += [helper.make_node("Relu", [f"y{k}"], [f"r{k}"]), helper.make_node("Add", [x, f"r{k}"], [f"x{k}"])]
        x = f"x{k}"
    convolution(x, "s", p["v"].T[:, :, None], bias=p["c"])
    nodes.append(helper.make_node("Softmax", ["s"], ["p"], axis=1))
    graph = helper.make_graph(nodes, "phi-tagger-body", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, width, "tokens"])],
                              [helper.make_tensor_value_info("p", TensorProto.FLOAT, [1, p["v"].shape[1], "tokens"])], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(made)
    return made


if __name__ == "__main__":
    p = model.read(sys.argv[1])
    onnx.save(body(p), sys.argv[2])
    sums = np.random.default_rng(1).normal(0, 1, (200, p["e"].shape[1])).astype(np.float32)
    got = onnxruntime.InferenceSession(sys.argv[2], providers=["CPUExecutionProvider"]).run(None, {"x": sums.T[None]})[0][0].T
    worst = float(np.abs(got - model.probabilities({**p, "e": sums}, np.arange(len(sums))[:, None])).max())
    assert worst < 1e-4, worst
    print(f"greatest difference from numpy {worst:.1e}")
