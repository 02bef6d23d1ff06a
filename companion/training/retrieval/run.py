"""One fine-tuning of the shop's encoder from start to end: questions, training, export, comparison, and perhaps promotion.

Whatever happens before the last step, the encoder in use is not touched. A run that was stopped goes on when it is started again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from companion.shop.retrieval.encoding import SentenceEncoder, model_hash
from companion.shop.retrieval.vectors import VectorFile
from companion.shop_encoders import Encoders, check, folder_of
from companion.shop_index import open_shop, vectors_of
from companion.shop_tuning import home_of, run_of
from companion.store import Store
from companion.store.file_lock import exclusive
from companion.training.retrieval import contrastive, lessons, promotion, sheet
from companion.training.retrieval.contrastive import Recipe
from companion.training.retrieval.folder import export, write_manifest
from companion.training.retrieval.lessons import Gathered, Stock
from companion.training.retrieval.promotion import Comparison
from companion.training.retrieval.sheet import Sheet
from companion.training.stopwatch import Stopwatch
from companion.training_progress import DataSetCounts, ModelName, Progress, Result

RECIPE = Recipe()
MIN_LESSONS, MIN_TYPES = 200, 30
"""Questions and product types to learn from, below which nothing is trained."""
STAGES = ("questions", "fine-tuning", "exporting", "comparing")
"""In the order in which a training goes through them."""

_LOCK = "training.lock"
_SHARES = 1000
"""Into which the comparison is cut for the progress bar."""


def train(store: Store, *, promote: bool, show: Callable[[Progress], None]) -> Result:
    """Train a candidate, compare it with the encoder in use, and put it into use if it is better or `promote` says so.

    Args:
        store: the workspace.
        promote: use the candidate whatever the comparison says.
        show: called with every change of the progress.

    Raises:
        NoCatalogueError: nothing was imported.
        AlreadyLockedError: another training of this workspace's shop runs.
        UnknownEncoderError, BadEncoderError: the encoder in use is gone or cannot be searched with; `buysignal shop encoders rollback`.
        MissingExamError, ExportError: nothing can be compared; nothing was changed.
    """
    home, scratch = home_of(store.workspace), run_of(store.workspace)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with exclusive(home / _LOCK, wait=False), Stopwatch(home, show) as watch:
        watch.stage(STAGES[0])
        exam, encoders = sheet.exam(), Encoders(store)
        live = encoders.load(encoders.active_name())  # one that cannot be compared with is better known now than at the end
        try:
            run = _Run(store, encoders, live, watch, lessons.stock_of(store), scratch)
            result = run.whole(exam, promote)
        finally:
            live.close()
        shutil.rmtree(scratch, ignore_errors=True)
        watch.finish(result)
        return result


@dataclass(frozen=True)
class _Run:
    store: Store
    encoders: Encoders
    live: SentenceEncoder
    watch: Stopwatch
    stock: Stock
    scratch: Path

    def whole(self, exam: Sheet, promote: bool) -> Result:
        gathered = lessons.begun(self.scratch, RECIPE, self.stock) or self._begun()
        self.watch.data(self.scratch.name, DataSetCounts("", len(gathered.lessons), gathered.yours, len(gathered.aside)))
        if reason := _too_few(gathered):
            name = self.encoders.active_name()
            return Result(ModelName("", ""), ModelName(name, name), "cannot tell yet", False, reason)
        draft = self.scratch / "encoder"
        parity = self._trained(gathered, draft)
        self.watch.stage("comparing", _SHARES)
        comparison = self._compared(check(draft), gathered, exam)
        return self._settled(draft, comparison, {"parity": round(parity, 4), **_described(gathered)}, promote)

    def _begun(self) -> Gathered:
        shutil.rmtree(self.scratch, ignore_errors=True)  # of a run with another recipe
        gathered = lessons.gather(self.store, self.stock, RECIPE.seed)
        lessons.begin(self.scratch, RECIPE, gathered, self.stock)
        return gathered

    def _trained(self, gathered: Gathered, draft: Path) -> float:
        """Train and write the draft; the parity of the export."""
        steps = contrastive.steps_of(len(gathered.lessons), RECIPE)
        self.watch.stage("fine-tuning", steps)
        network = contrastive.tune(gathered.lessons, RECIPE, lambda step, _steps, _loss: self.watch.at(step), self.scratch / "steps")
        self.watch.stage("exporting")
        shutil.rmtree(draft, ignore_errors=True)
        parity = export(network, [lesson.text for lesson in gathered.lessons], draft)
        write_manifest(draft, {})
        return parity

    def _compared(self, candidate: SentenceEncoder, gathered: Gathered, exam: Sheet) -> Comparison:
        """Both sheets read with both encoders. The candidate's vectors of the catalogue are kept: they are the new index if it wins."""
        own = sheet.kept_aside(gathered.aside, self.stock.products, self.stock.facts, self.stock.currency)
        pair = (self.live, candidate)
        try:
            with tempfile.TemporaryDirectory() as scratch:
                examined = [sheet.read(exam, one, VectorFile(Path(scratch) / f"{one.name}.bin", one.dimension)) for one in pair]
            open_shop(self.store, self.live)  # what it lacks is read under the locks of the shop
            reads = [sheet.read(own, one, vectors_of(self.store, one), self._seen) for one in pair]
        finally:
            candidate.close()
        return promotion.compare(own, (reads[0], reads[1]), (examined[0], examined[1]))

    def _seen(self, done: int, whole: int) -> None:
        """So many of the catalogue's texts are read with the candidate: most of the time of the comparison."""
        self.watch.at(_SHARES * done // whole)

    def _settled(self, draft: Path, found: Comparison, said: dict[str, Any], promote: bool) -> Result:
        """The draft moved to its place and, if it is better or asked for, into use, with the index rebuilt."""
        figures = [asdict(row) for row in found.rows]
        ident = write_manifest(draft, {**said, "verdict": found.verdict, "reason": found.reason, "figures": figures})
        folder = folder_of(self.store.workspace) / ident
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not folder.exists():
            draft.replace(folder)
        before, better = self.encoders.active_name(), found.verdict == "better"
        if better or promote:
            self.encoders.use(ident, "promote", found.reason if better else f"by hand, though: {found.reason}")
            encoder = self.encoders.load(ident)
            open_shop(self.store, encoder)
            encoder.close()
        elif (digest := model_hash(folder)) != self.live.name:
            (self.store.workspace.shop / f"vectors-{digest}.bin").unlink(missing_ok=True)
        return Result(ModelName(ident, ident), ModelName(before, before), found.verdict, better or promote, found.reason, found.rows)


def _too_few(gathered: Gathered) -> str:
    """Why nothing is trained; "" where there is enough."""
    count, types = len(gathered.lessons), len({lesson.type for lesson in gathered.lessons})
    if count < MIN_LESSONS or types < MIN_TYPES:
        there = f"{count} questions about {types} product types are all that there is to learn from"
        return f"{there}; it takes at least {MIN_LESSONS} about {MIN_TYPES}. Import more products."
    aside = [ask.type for ask in gathered.aside]
    return "" if promotion.enough(aside) else promotion.too_few(aside)


def _described(gathered: Gathered) -> dict[str, Any]:
    counts = {"lessons": len(gathered.lessons), "aside": len(gathered.aside), "yours": gathered.yours}
    return {"trained": f"{datetime.now(UTC):%Y-%m-%d}", "recipe": asdict(RECIPE), "questions": counts}
