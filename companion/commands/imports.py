"""`buysignal import`: data from files into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from companion.commands.options import BadInputError, json_option, workspace_option

if TYPE_CHECKING:
    from companion.importing.recognising import Kind
    from companion.importing.site_columns import Site
    from companion.label_formats import Scale

KINDS = ("comments", "videos", "labels", "zeeschuimer", "pages", "metrics")


@click.command("import", short_help="Take in comments, videos or labels from files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True))
@click.option("--kind", type=click.Choice(KINDS), help="What the files hold [default: told from each file].")
@click.option(
    "--map",
    "means",
    multiple=True,
    metavar="THEIRS=OURS",
    help="Labels of other tools: what a question or answer there means here, such as stars=grade or Maybe=signal:none; nothing"
    " behind = leaves it out. May be given several times.",
)
@click.option("--scale", type=click.Choice(["1-5", "1-10"]), help="Labels of other tools: from where to where grades run.")
@click.option("--annotator", default="", help="Labels of other tools: who labelled, where the files do not say.")
@click.option("--site", type=click.Choice(["youtube", "instagram"]), help="Metrics: where they are from [default: told by the files].")
@click.option("--creator", default="", help="Metrics: whose videos they are, where the files do not say (a handle or a name).")
@click.option("--dry-run", is_flag=True, help="Say what was recognised, and write nothing.")
@json_option
@workspace_option
def import_files(
    files: tuple[Path, ...],
    kind: str | None,
    means: tuple[str, ...],
    scale: Scale | None,
    annotator: str,
    site: Site | None,
    creator: str,
    dry_run: bool,
    as_json: bool,
    workspace: Path,
) -> None:
    """Take in what was collected, or said about comments, elsewhere.

    What was recognised is printed before anything is written. One wrong line, and nothing is imported from any of the files: each
    wrong line is reported with its number, and the status is 2. The same files imported again change nothing.

    \b
    comments     CSV with a header or JSON lines (.csv, .jsonl, also .gz), in UTF-8:
                 id, text, video_id (needed), author (becomes a pseudonym at
                 once), author_id, create_time, likes, replies, parent_id, lang
    videos       the same of videos: video_id (needed), author_key or author,
                 create_time, followers, duration_s, hashtags (joined by |),
                 caption, plays, likes, comments, shares, saves, region (the
                 country where it was posted, such as US)
    zeeschuimer  what the browser extension Zeeschuimer exports (.ndjson):
                 TikTok posts and TikTok comments
    pages        answers of TikTok as they came (.json, .html), parsed comment
                 threads, or a folder of them
    labels       grades of comments: tables as below, and what was exported from
                 other tools (Label Studio JSON and JSON_MIN, doccano JSONL,
                 Prodigy JSONL, Parquet), told by their content
    metrics      numbers of YouTube or Instagram videos, as those sites export
                 them or under other usual names: the video's id or address and
                 any of views, likes, comments, shares, saves (needed); channel
                 or account, followers, day of posting, duration, title,
                 hashtags, country. "1.2M" and "1,2 Mio." are read; a value that
                 cannot be true is left out and named with its line

    Columns of comments and videos may go by other usual names ("diggCount", "username", "views"); which was taken for what is printed.
    A table of id and text alone may be either and is refused: comments need video_id, and of videos the text is called caption.

    \b
    Keys of a label:
      id, text             the comment (needed)
      grade                whole number from 1 to 10 (needed without signal, sentiment
                           and flags)
      signal, sentiment    as in the labeling guide
      flags                of spam, creator, unsure, skip; | between several
      note                 what the annotator had to add
      context              caption or product as plain text, or
                           {"caption", "hashtags", "product", "parent"}
      video                id or address of the video
      source               where the comments are from, if there is no video
      annotator            who graded; several may grade the same comment
      platform             "tiktok" where left out
      uuid                 of the label, made from the others where left out
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    if kind == "labels" or (kind is None and _are_labels(files)):
        if folder := next((path for path in files if path.is_dir()), None):
            raise BadInputError(f"{folder} is a folder; name the files of labels in it")
        from companion.commands.import_labels import import_labels
        from companion.label_formats import Told

        import_labels(files, workspace, dry_run, as_json, Told(scale, _meanings(means), annotator))
        return
    if means or scale or annotator:
        raise BadInputError("--map, --scale and --annotator are for labels, and these files hold none")
    from companion.commands.import_metrics import import_metrics, of_other_sites

    if kind == "metrics" or (kind is None and (site or of_other_sites(files))):
        import_metrics(files, site, creator.strip(), workspace, dry_run, as_json)
        return
    if site or creator:
        raise BadInputError("--site and --creator are for metrics of YouTube and Instagram, and these files hold none")
    from companion.commands.import_collected import import_collected

    import_collected(files, cast("Kind | None", kind), workspace, dry_run, as_json)


def _are_labels(files: tuple[Path, ...]) -> bool:
    """Whether the files are labels.

    Raises:
        BadInputError: some are and some are not.
    """
    from companion import label_formats
    from companion.importing.recognising import recognise
    from companion.table_files import BadFileError

    found = set()
    for path in files:
        try:
            found.add(label_formats.recognise(path) is not None or recognise(path) == "labels")
        except BadFileError:
            found.add(False)
    if len(found) > 1:
        raise BadInputError("some of these files are labels and some are not; import them one kind at a time")
    return found == {True}


def _meanings(given: tuple[str, ...]) -> dict[str, str]:
    """What `--map` says.

    Raises:
        BadInputError: there is no = in it.
    """
    for one in given:
        if not one.rpartition("=")[0]:
            raise BadInputError(f'--map "{one}" has no = in it; write THEIRS=OURS, such as stars=grade')
    return {theirs: ours for one in given for theirs, _, ours in [one.rpartition("=")]}
