"""A visitor without a browser: speaks Streamlit's own protocol over a websocket.

Much lighter than a browser, so that one machine can be hundreds of visitors. What a browser does, it does: it sends
the state of every widget with every change, and takes over the address that the page writes.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

T = TypeVar("T")
SECONDS = 60.0
"""How long a page may take before a test gives up."""

CUT_OFF = (WebSocketException, OSError, EOFError, TimeoutError)
"""What a visitor meets whose server went away."""


@dataclass
class Shown:
    """What one run of the page sent: its elements in order, the address, and the time and bytes it took."""

    elements: list[Element] = field(default_factory=list)
    boxes: list[Block.Popover | Block.Expandable] = field(default_factory=list)
    """The popovers and folds that tell the server when they are opened; what stands in them is sent only then."""

    query: str = ""
    title: str = ""
    seconds: float = 0.0
    received: int = 0
    whole: bool = True

    def of(self, kind: str) -> list:
        """Return the elements of a kind."""
        return [getattr(element, kind) for element in self.elements if element.WhichOneof("type") == kind]

    @property
    def html(self) -> str:
        """Return all text that the page wrote as HTML, Markdown, headings and plain text."""
        return "\n".join(
            [html.body for html in self.of("html")]
            + [markdown.body for markdown in self.of("markdown")]
            + [heading.body for heading in self.of("heading")]
            + [text.body for text in self.of("text")]
        )

    @property
    def failed(self) -> list[str]:
        """Return the errors that a person would see as an error of the program."""
        return [f"{error.type}: {error.message}" for error in self.of("exception")]


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Run what visitors do to its end, in a thread of its own: the driver of the browser has the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Session:
    """One visitor: `async with Session(address) as visitor: shown = await visitor.open({"condition": "cidp"})`."""

    def __init__(self, address: str, first_visit: int = 0) -> None:
        """In: the address of the app, and the second of the first visit, by which nginx tells visitors apart."""
        self.address = address
        self.cookie = f"_streamlit_xsrf=2|00|00|{first_visit}"
        self.query = ""
        self.page = ""
        self.pages: dict[str, str] = {}
        self.session_id = ""
        self.states: dict[str, WidgetState] = {}
        self.shown = Shown()
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Session:
        parts = urlsplit(self.address)
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=self.address,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie},
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            proxy=None,
            open_timeout=SECONDS,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def open(self, query: dict[str, str] | str = "", page: str = "") -> Shown:
        """Open an address, as a link does."""
        self.query = query if isinstance(query, str) else urlencode(query)
        self.page = page
        self.states.clear()
        return await self._run()

    async def follow(self, query: dict[str, str] | str) -> Shown:
        """Change the address of the open page, as the back button does; the widgets stay."""
        self.query = query if isinstance(query, str) else urlencode(query)
        return await self._run()

    async def press(self, state: WidgetState) -> Shown:
        """Answer with one widget."""
        self.states[state.id] = state
        try:
            return await self._run()
        finally:
            if state.WhichOneof("value") == "trigger_value":
                self.states.pop(state.id, None)

    def takes_over(self, other: Session) -> None:
        """Be the same open page with another server: its address and what its widgets show."""
        self.query, self.page, self.pages = other.query, other.page, other.pages
        self.states = dict(other.states)

    async def give(self, uploader: Any, name: str, body: bytes) -> Shown:
        """Give a file to an uploader of the page."""
        file_id = uuid.uuid4().hex
        assert await upload(self, name, body, file_id) in (204, 413)
        state = WidgetState(id=uploader.id)
        info = state.file_uploader_state_value.uploaded_file_info.add(file_id=file_id, name=name, size=len(body))
        info.file_urls.file_id = file_id
        return await self.press(state)

    async def tap(self, label: str, opened: bool = True) -> Shown:
        """Open or close the popover or fold with this label."""
        (box,) = (box for box in self.shown.boxes if box.label == label)
        return await self.press(WidgetState(id=box.id, bool_value=opened))

    async def again(self) -> Shown:
        """Run the page again with nothing changed."""
        return await self._run()

    async def _run(self) -> Shown:
        assert self._socket is not None
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        message.rerun_script.page_name = "" if self.pages else self.page
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(SECONDS):
            self.shown = await self._received()
        self.shown.seconds = time.perf_counter() - start
        return self.shown

    async def _received(self) -> Shown:
        assert self._socket is not None
        shown = Shown(query=self.query)
        while True:
            data = await self._socket.recv()
            message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            shown.received += len(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                shown.elements.clear()
                shown.boxes.clear()
                self.session_id = message.new_session.initialize.session_id or self.session_id
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                shown.elements.append(message.delta.new_element)
            elif kind == "delta" and message.delta.WhichOneof("type") == "add_block":
                shown.boxes += _boxes(message.delta.add_block)
            elif kind == "page_config_changed":
                shown.title = message.page_config_changed.title
            elif kind == "page_info_changed":
                self.query = shown.query = message.page_info_changed.query_string
            elif kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                shown.whole = message.script_finished != ForwardMsg.FINISHED_WITH_COMPILE_ERROR
                self._keep_states(shown)
                return shown

    def _keep_states(self, shown: Shown) -> None:
        """Keep the value of every widget on the page, as a browser does: the answer given, or else the default."""
        kept = {box.id: self.states.get(box.id, WidgetState(id=box.id, bool_value=False)) for box in shown.boxes}
        for element in shown.elements:
            state = default_state(element)
            if state is not None:
                forced = getattr(getattr(element, element.WhichOneof("type")), "set_value", False)
                kept[state.id] = state if forced else self.states.get(state.id, state)
        self.states = kept


def _boxes(block: Block) -> list[Block.Popover | Block.Expandable]:
    """Return the popover or fold that a block is, where its state matters to the server."""
    kind = block.WhichOneof("type")
    return [getattr(block, kind)] if kind in ("popover", "expandable") and getattr(block, kind).id else []


def default_state(element: Element) -> WidgetState | None:
    """Return the state that a widget has before anybody touches it; None for what is no widget."""
    kind = element.WhichOneof("type")
    if kind == "checkbox":
        box = element.checkbox
        return WidgetState(id=box.id, bool_value=box.value if box.set_value else box.default)
    if kind in ("radio", "selectbox"):
        choice = getattr(element, kind)
        state = WidgetState(id=choice.id)
        if choice.set_value and choice.HasField("raw_value"):
            state.string_value = choice.raw_value
        elif choice.HasField("default") and choice.options:
            state.string_value = option_text(choice.options[choice.default])
        return state
    if kind == "number_input":
        number = element.number_input
        state = WidgetState(id=number.id)
        if number.set_value and number.HasField("value"):
            state.double_value = number.value
        elif number.HasField("default"):
            state.double_value = number.default
        return state
    if kind in ("button_group", "multiselect"):
        group = getattr(element, kind)
        state = WidgetState(id=group.id)
        chosen = group.raw_values if group.set_value else [option_text(group.options[n]) for n in group.default]
        state.string_array_value.data.extend(chosen)
        return state
    if kind == "text_input":
        return WidgetState(id=element.text_input.id, string_value=element.text_input.default)
    return None


def option_text(option: object) -> str:
    """Return an option as it travels: options of a group are messages, all others are texts."""
    return option if isinstance(option, str) else option.content  # type: ignore[attr-defined]


def some_answer(shown: Shown, chance: random.Random) -> WidgetState:
    """Return what a person could do on this page: any answer to any question, any button, any popover or fold."""
    able = [element for element in shown.elements if _answerable(element)]
    number = chance.randrange(len(able) + len(shown.boxes))
    if number >= len(able):
        return WidgetState(id=shown.boxes[number - len(able)].id, bool_value=chance.random() < 0.3)
    element = able[number]
    kind = element.WhichOneof("type")
    widget = getattr(element, kind)  # type: ignore[arg-type]
    state = WidgetState(id=widget.id)
    if kind == "checkbox":
        state.bool_value = chance.random() < 0.5
    elif kind in ("radio", "selectbox"):
        state.string_value = option_text(chance.choice(widget.options))
    elif kind == "number_input":
        low = widget.min if widget.has_min else 0.0
        high = min(widget.max, 1000.0) if widget.has_max else 1000.0
        state.double_value = float(round(chance.uniform(low, high)))
    elif kind in ("button_group", "multiselect"):
        options = [option_text(option) for option in widget.options]
        single = kind == "button_group" and widget.click_mode == 0
        state.string_array_value.data.extend(chance.sample(options, 1 if single else chance.randint(0, len(options))))
    elif kind == "button":
        state.trigger_value = True
    return state


def _answerable(element: Element) -> bool:
    kind = element.WhichOneof("type")
    if kind not in ("checkbox", "radio", "selectbox", "number_input", "button_group", "multiselect", "button"):
        return False
    widget = getattr(element, kind)
    return not widget.disabled and (kind in ("checkbox", "number_input", "button") or len(widget.options) > 0)


TOKEN = "2|00000000|00112233445566778899aabbccddeeff|1"
"""A token against forged requests: the page sends it as a cookie and as a header."""


async def upload(visitor: Session, name: str, body: bytes, file_id: str = "", token: str = TOKEN) -> int:
    """Send a file to the place for uploads, as Streamlit's uploader does, and return the status."""
    place = f"/_stcore/upload_file/{visitor.session_id}/{file_id or uuid.uuid4().hex}"
    return await asyncio.to_thread(_put, visitor.address, place, name, body, token)


def _put(address: str, place: str, name: str, body: bytes, token: str) -> int:
    mark = uuid.uuid4().hex
    plain = name.encode("ascii", "replace").decode().replace('"', "'").replace("\n", " ")
    form = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{plain}"\r\n\r\n'.encode()
    form += body + f"\r\n--{mark}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "X-Xsrftoken": token,
        "Cookie": f"_streamlit_xsrf={token}",
    }
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=SECONDS)
    try:
        connection.request("PUT", place, form, headers)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 413  # the server hung up before all of it was sent
    finally:
        connection.close()
