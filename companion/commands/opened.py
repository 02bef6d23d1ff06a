"""The workspace, opened for a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.options import BadInputError

if TYPE_CHECKING:
    from companion.store import Store


def opened_store(workspace: Path) -> Store:
    """The workspace's store.

    Raises:
        BadInputError: it cannot be used; says why.
    """
    from companion.store import SchemaTooNewError, StoreError, open_store
    from companion.store.workspace import WorkspaceError

    try:
        return open_store(workspace)
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error
