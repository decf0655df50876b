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
    for k, d in enumerate(p["dilations"]):
        constants += [numpy_helper.from_array(np.ascontiguousarray(p[f"w{k}"].transpose(2, 1, 0)), f"w{k}"), numpy_helper.from_array(p[f"b{k}"], f"b{k}")]
        nodes += [helper.make_node("Conv", [x, f"w{k}", f"b{k}"], [f"c{k}"], kernel_shape=[3], dilations=[d], pads=[d, d]),
                  helper.make_node("Relu", [f"c{k}"], [f"r{k}"]), helper.make_node("Add", [x, f"r{k}"], [f"x{k}"])]
        x = f"x{k}"
    constants += [numpy_helper.from_array(np.ascontiguousarray(p["v"].T[:, :, None]), "v"), numpy_helper.from_array(p["c"], "c")]
    nodes += [helper.make_node("Conv", [x, "v", "c"], ["s"], kernel_shape=[1]), helper.make_node("Softmax", ["s"], ["p"], axis=1)]
    graph = helper.make_graph(nodes, "phi-tagger-body", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, p["e"].shape[1], "tokens"])],
                              [helper.make_tensor_value_info("p", TensorProto.FLOAT, [1, p["v"].shape[1], "tokens"])], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(made)
    return made


if __name__ == "__main__":
    p = model.read(sys.argv[1])
    onnx.save(body(p), sys.argv[2])
    ids = np.random.default_rng(1).integers(0, len(p["e"]), (200, 14))
    got = onnxruntime.InferenceSession(sys.argv[2], providers=["CPUExecutionProvider"]).run(None, {"x": p["e"][ids].sum(1).T[None]})[0][0].T
    worst = float(np.abs(got - model.probabilities(p, ids)).max())
    assert worst < 1e-4, worst
    print(f"greatest difference from numpy {worst:.1e}")
