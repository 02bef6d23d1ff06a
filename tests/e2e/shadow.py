"""Look into closed shadow roots from outside the page, and click there as a person does.

A page script cannot reach a closed root, and neither can Playwright's selectors; the browser's own debugging
protocol can. ``DOM.getDocument`` with ``pierce`` lists every root, ``DOM.resolveNode`` hands one to an isolated
world, where plain CSS selectors work. Nothing is added to the page and its scripts cannot notice. Clicks go
through the browser's input pipeline at the element's place, so they are trusted, hit whatever lies on top,
and fail like a person's when something covers the element.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

POLL_SECONDS = 0.05

READ = """function (selector, hostSelector) {
  const found = [];
  for (const root of this) {
    if (hostSelector && !root.host.matches(hostSelector)) continue;
    for (const element of root.querySelectorAll(selector)) found.push(element);
  }
  return found;
}"""

DESCRIBE = """function () {
  return this.map((element) => {
    const box = element.getBoundingClientRect();
    return {
      tag: element.localName,
      text: (element.innerText ?? element.textContent ?? '').trim(),
      attributes: Object.fromEntries([...element.attributes].map((one) => [one.name, one.value])),
      box: [box.x, box.y, box.width, box.height],
      shown: element.isConnected && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    };
  });
}"""


@dataclass(frozen=True)
class Box:
    """A place in CSS pixels from the viewport's top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ShadowElement:
    """One element inside a shadow root, as it was when it was read."""

    object_id: str
    tag: str
    text: str
    attributes: dict[str, str]
    box: Box
    shown: bool


class ShadowReader:
    """Reads and clicks inside the closed shadow roots of one page (its main frame)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("DOM.enable")

    def all(self, selector: str, host: str | None = None) -> list[ShadowElement]:
        """Return elements that match ``selector`` inside any closed root, in document order.

        ``host`` limits the roots to those whose host element matches that CSS selector.
        """
        world = self._isolated_world()
        roots = [self._resolve(node["backendNodeId"], world) for node in self._closed_roots()]
        if not roots:
            return []
        listed = self._call(world, "function (...roots) { return roots; }", *({"objectId": root} for root in roots))
        arguments = [{"value": selector}, {"value": host}]
        found = self._send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": READ, "objectId": listed["objectId"], "arguments": arguments},
        )
        return self._describe(found["objectId"])

    def one(self, selector: str, host: str | None = None, *, timeout: float = 15.0) -> ShadowElement:
        """Wait up to ``timeout`` seconds for at least one match and return the first; TimeoutError else."""
        return self.wait_for(selector, host, count=1, timeout=timeout)[0]

    def wait_for(self, selector: str, host: str | None = None, *, count: int = 1, timeout: float = 15.0) -> list[ShadowElement]:
        """Wait until ``count`` or more elements match and return them all; TimeoutError names what was found."""
        deadline = time.monotonic() + timeout
        while True:
            found = self.all(selector, host)
            if len(found) >= count:
                return found
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(found)} of {count} elements {selector!r} in closed roots after {timeout} s")
            self.page.wait_for_timeout(POLL_SECONDS * 1000)

    def evaluate(self, element: ShadowElement, function: str) -> Any:
        """Call a JavaScript ``function () {…}`` with ``this`` = the element; the result must be JSON.

        ``this.getRootNode().host`` is the host in the page, so a test can ask which row an element stands in.
        """
        answer = self._send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": function, "objectId": element.object_id, "returnByValue": True},
        )
        return answer.get("value")

    def refresh(self, element: ShadowElement) -> ShadowElement:
        """Return the same element as it is now."""
        alone = self._send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": "function () { return [this]; }", "objectId": element.object_id},
        )
        return self._describe(alone["objectId"])[0]

    def click(self, element: ShadowElement) -> None:
        """Scroll the element into view and click its middle with the real mouse."""
        x, y = self.middle(element)
        self.page.mouse.click(x, y)

    def hover(self, element: ShadowElement) -> None:
        """Scroll the element into view and move the real mouse onto it."""
        x, y = self.middle(element)
        self.page.mouse.move(x, y)

    def fill(self, element: ShadowElement, text: str) -> None:
        """Click a field, replace what it holds by typing."""
        self.click(element)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def middle(self, element: ShadowElement) -> tuple[float, float]:
        """Return the element's middle in the viewport, after scrolling to it; ValueError if it has no box."""
        self._session.send("DOM.scrollIntoViewIfNeeded", {"objectId": element.object_id})
        box = self.refresh(element).box
        if box.width <= 0 or box.height <= 0:
            raise ValueError(f"<{element.tag}> {element.text!r} has no box to click; it is not rendered")
        return box.x + box.width / 2, box.y + box.height / 2

    def _closed_roots(self) -> Iterator[dict[str, Any]]:
        document = self._session.send("DOM.getDocument", {"depth": -1, "pierce": True})
        waiting: list[dict[str, Any]] = [document["root"]]
        while waiting:
            node = waiting.pop()
            if node.get("shadowRootType") == "closed":
                yield node
            # A frame's document is another page: its roots are not this reader's.
            waiting += reversed(node.get("shadowRoots", []) + node.get("children", []))

    def _isolated_world(self) -> int:
        frame = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self._session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "tests-shadow"})
        return int(made["executionContextId"])

    def _resolve(self, backend_node: int, world: int) -> str:
        answer = self._session.send("DOM.resolveNode", {"backendNodeId": backend_node, "executionContextId": world})
        return str(answer["object"]["objectId"])

    def _call(self, world: int, function: str, *arguments: dict[str, Any]) -> dict[str, Any]:
        return self._send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": function, "executionContextId": world, "arguments": list(arguments)},
        )

    def _items(self, array: str) -> list[str]:
        listed = self._session.send("Runtime.getProperties", {"objectId": array, "ownProperties": True})["result"]
        return [one["value"]["objectId"] for one in listed if one["name"].isdigit()]

    def _describe(self, array: str) -> list[ShadowElement]:
        read = self._send(
            "Runtime.callFunctionOn",
            {"functionDeclaration": DESCRIBE, "objectId": array, "returnByValue": True},
        )["value"]
        return [
            ShadowElement(object_id, one["tag"], one["text"], one["attributes"], Box(*one["box"]), bool(one["shown"]))
            for object_id, one in zip(self._items(array), read, strict=True)
        ]

    def _send(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        answer = self._session.send(method, parameters)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        result: dict[str, Any] = answer["result"]
        return result
