"""Deleting everything: no table and no folder is forgotten."""

from __future__ import annotations

from companion.store import Store, erase

EMPTIED_OTHERWISE = {
    "_sqlite_migrations",  # the schema itself
    "label_event", "annotation_event",  # by what owns them, because they are append-only
    "shelf", "shelf_terms", "shelf_words", "shelf_words_config", "shelf_words_data", "shelf_words_docsize", "shelf_words_idx",
    "comment_metric", "task_seen", "video_hashtag", "video_product",  # with the rows they hang on
    "forget_pass",  # who asked to be forgotten stays forgotten
}  # fmt: skip


def test_every_table_is_emptied_or_goes_with_another(store: Store) -> None:
    with store.reading() as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = {row["name"] for row in found}
    assert names - set(erase._TABLES) == EMPTIED_OTHERWISE


def test_the_catalogue_and_its_files_go_too(store: Store) -> None:
    folder = store.workspace.shop / "uploads"
    folder.mkdir(parents=True)
    (folder / "feed.csv").write_text("id,title", encoding="utf-8")
    with store.writing() as connection:
        connection.execute("INSERT INTO taxonomy (name, source, imported_at) VALUES ('mine', 'own', 1)")
    erase.everything(store)
    assert not store.workspace.shop.exists()
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM taxonomy").fetchone()[0] == 0
