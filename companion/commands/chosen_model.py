"""The model that a command reads comments with: the one asked for, else the workspace's, else the shipped one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from companion.commands.options import BadInputError
from companion.intent import IntentModel, load_model
from companion.intent.model import BadModelError
from companion.registry import BUILT_IN, SHIPPED_NAME, Registry, UnknownModelError
from companion.store import SchemaTooNewError, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError


def model_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--model NAME`: another model than the one in use."""
    return click.option("--model", "model_name", help="Use this model (see `buysignal models list`) instead of the one in use.")(command)


def chosen_model(workspace: Path, name: str | None) -> IntentModel:
    """Load it; a workspace that does not exist is not made for a question.

    Raises:
        BadInputError: there is no such model, or it cannot be served.
    """
    try:
        if not Workspace(workspace).database.exists():
            if (name or SHIPPED_NAME) in BUILT_IN:
                return load_model(BUILT_IN[name or SHIPPED_NAME])
            raise UnknownModelError(f"no model is called {name!r}: workspace {workspace} has none but {' and '.join(BUILT_IN)}")
        registry = Registry(open_store(workspace))
        return load_model(registry.find(name).folder) if name else registry.load_active()
    except (UnknownModelError, BadModelError, StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error
