"""Vectors of texts, made once: in memory, or in a folder that processes share.

A store holds the vectors of one model under one setting, in pieces that are written whole and never changed: a file of
vectors, memory-mapped, and a file of keys that is renamed into place after it. So a run that was killed goes on where
it was, and two at the same time at worst compute the same thing twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nyaris.run.durable import disk_errors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PIECE = 1024
"""Texts whose vectors are made, and written, at a time."""
Report = Callable[[int], None]
"""Told how many more texts are done."""


def no_report(_: int) -> None:
    """For callers that do not watch."""


def default_cache() -> Path:
    """`nyaris` in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nyaris" / "embeddings"


class Store:
    """Vectors by key. Without a folder they live in memory.

    `half` keeps them in 16 bits, which loses nothing where they were computed in bfloat16.
    """

    def __init__(self, folder: Path | None = None, *, half: bool = False) -> None:
        import numpy as np

        self._folder, self._type = folder, np.float16 if half else np.float32
        self._places: dict[bytes, tuple[int, int]] = {}
        self._pieces: list[Any] = []
        if folder:
            self._read()

    def vectors(
        self, texts: Sequence[str], make: Callable[[list[str]], Vectors], *, role: str = "", report: Report = no_report
    ) -> Vectors:
        """The vectors of the texts, in order; `make` is asked for those that are missing, each once, short ones first.

        `role` parts texts that are embedded in several ways (as a query, as a document).
        """
        import numpy as np

        keys = [_key(role, text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._places}
        report(len(texts) - len(missing))
        waiting = sorted(missing.items(), key=lambda item: (len(item[1]), item[0]))
        for start in range(0, len(waiting), PIECE):
            piece = waiting[start : start + PIECE]
            made = np.asarray(make([text for _, text in piece]), dtype=self._type)
            self._add([key for key, _ in piece], made)
            report(len(piece))
        return self._gathered(keys)

    def _gathered(self, keys: Sequence[bytes]) -> Vectors:
        import numpy as np

        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        places = np.array([self._places[key] for key in keys])
        found = np.empty((len(keys), self._pieces[places[0, 0]].shape[1]), dtype=np.float32)
        for number in np.unique(places[:, 0]):
            here = np.flatnonzero(places[:, 0] == number)
            found[here] = self._pieces[number][places[here, 1]]
        return found

    def _add(self, keys: list[bytes], vectors: Any) -> None:
        if self._folder:
            name = blake2b(b"".join(keys), digest_size=12).hexdigest()
            with disk_errors(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                _write(self._folder / f"{name}.npy", vectors)
                _write(self._folder / f"{name}.keys.npy", _as_array(keys))
            self._open(name)
        else:
            self._remember(keys, vectors)

    def _read(self) -> None:
        assert self._folder
        for path in sorted(self._folder.glob("*.keys.npy")):
            self._open(path.name.removesuffix(".keys.npy"))

    def _open(self, name: str) -> None:
        """Take a piece into use; one that cannot be read is as good as none."""
        import numpy as np

        assert self._folder
        try:
            keys = np.load(self._folder / f"{name}.keys.npy")
            vectors = np.load(self._folder / f"{name}.npy", mmap_mode="r")
        except (OSError, ValueError):
            return
        if len(keys) == len(vectors):
            self._remember([bytes(key) for key in keys], vectors)

    def _remember(self, keys: Sequence[bytes], vectors: Any) -> None:
        self._pieces.append(vectors)
        number = len(self._pieces) - 1
        self._places.update({key: (number, row) for row, key in enumerate(keys)})


def model_fingerprint(model: Any, *settings: object) -> str:
    """A hash over what a loaded model computes with: weights, layers, tokenizer, prompts, and further settings."""
    total = blake2b(digest_size=16)
    for part in _described(model, settings):
        total.update(part)
    return total.hexdigest()


def _described(model: Any, settings: Sequence[object]) -> Iterator[bytes | memoryview]:
    import torch

    tokenizer = getattr(model, "tokenizer", None)
    backend = getattr(tokenizer, "backend_tokenizer", None)
    words = backend.to_str() if backend is not None else repr(tokenizer)
    named = [getattr(model, name, None) for name in ("prompts", "max_seq_length", "truncate_dim")]
    for text in (repr(model), words, *map(repr, (*named, *_configurations(model), *settings))):
        yield text.encode() + b"\x00"
    for name, weights in sorted(model.state_dict().items()):
        yield f"{name} {weights.dtype} {tuple(weights.shape)}".encode()
        if isinstance(weights, torch.Tensor) and weights.numel():
            yield weights.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().data


def _configurations(model: Any) -> list[list[tuple[str, Any]]]:
    """Of the transformers inside a model, without where they were loaded from."""
    modules = model.modules() if hasattr(model, "modules") else ()
    found = [module.config.to_dict() for module in modules if hasattr(getattr(module, "config", None), "to_dict")]
    return [sorted((name, value) for name, value in each.items() if not name.startswith("_")) for each in found]


def _key(role: str, text: str) -> bytes:
    return blake2b(f"{role}\x1f{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _as_array(keys: Sequence[bytes]) -> Any:
    import numpy as np

    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1)


def _write(path: Path, array: Any) -> None:
    """Beside it, then renamed."""
    import numpy as np

    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    with beside.open("wb") as file:
        np.save(file, array)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
