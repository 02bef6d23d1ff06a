"""What the sentence encoder that ships knows of each word in its place: states from inside its network, nothing added to its weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from companion.intent.encoder import MAX_TOKENS
from companion.intent.neighbours import SHIPPED
from companion.shop.understanding.tagger_onnx import with_outputs
from companion.shop.understanding.tagger_spans import Floats
from companion.shop.understanding.text import Token, cut, tokens_of

LAYERS = (0, 2, 4)
"""Of six. The last ones know what a sentence is like more than what a word is."""
_STATE = "/layers.{layer}/second/LayerNormalization_output_0"


class WordStates:
    """Reads states.

    Args:
        folder: holds `model.onnx` and `tokenizer.json`.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        self._names = [_STATE.format(layer=layer) for layer in LAYERS]
        model = with_outputs((folder / "model.onnx").read_bytes(), self._names)
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self.width = self.of("a", tokens_of("a")).shape[1]

    def of(self, text: str, words: Sequence[Token]) -> Floats:
        """[n, width]: for each word the mean of its pieces' states, layer beside layer; zeros for words after the encoder's 128 pieces."""
        encoding = self._tokenizer.encode(cut(text).encode(errors="replace").decode())  # half a surrogate pair is no letter
        ids = np.array([encoding.ids], np.int64)
        states = np.concatenate(self._session.run(self._names, {"input_ids": ids, "token_type_ids": np.zeros_like(ids)}), -1)
        states = states.reshape(len(encoding.ids), -1)
        found = np.zeros((len(words), states.shape[1]), np.float32)
        pieces = [(place, start, end) for place, (start, end) in enumerate(encoding.offsets) if end > start]
        at = 0
        for place, word in enumerate(words):
            while at < len(pieces) and pieces[at][2] <= word.start:
                at += 1
            last = at
            while last < len(pieces) and pieces[last][1] < word.end:
                last += 1
            if last > at:
                found[place] = states[pieces[at][0] : pieces[last - 1][0] + 1].mean(0)
        return found
