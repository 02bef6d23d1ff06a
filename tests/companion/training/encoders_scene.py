"""Somebody else's encoders: networks of several kinds with random weights."""

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import AutoModel, BertConfig, MPNetConfig, XLMRobertaConfig

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789?!.,"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
SIZE = {
    "vocab_size": len(VOCABULARY),
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 160,
}
KINDS = {
    "bert": BertConfig(**SIZE, type_vocab_size=2, pad_token_id=0),
    "mpnet": MPNetConfig(**SIZE, pad_token_id=0),
    "xlm-r": XLMRobertaConfig(**SIZE, type_vocab_size=1, pad_token_id=0),
}


def save(config, folder):
    """A network of this kind with random weights, and its own tokenizer, as Hugging Face keeps them."""
    torch.manual_seed(1)
    AutoModel.from_config(config).save_pretrained(folder)
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    segment = 1 if getattr(config, "type_vocab_size", 0) > 1 else 0
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair=f"[CLS] $A [SEP] $B:{segment} [SEP]:{segment}", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
