"""Finding products by text: a dense leg (sentence vectors in FAISS), a lexical leg (BM25) and their blend."""

from companion.shop.retrieval.retriever import Candidates, Hit, Retriever, Strategy

__all__ = ["Candidates", "Hit", "Retriever", "Strategy"]
