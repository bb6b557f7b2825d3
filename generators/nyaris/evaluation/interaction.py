"""A reader that compares a query and a text token by token, on the token vectors of an encoder that stays as it is.

Each token is compared with what it is aligned to on the other side (decomposable attention, Parikh et al. 2016): what
the mean of all vectors loses, that one word has no counterpart or stands with another, is a large difference of one
token.
Only what trains or loads a reader imports this module, so torch may load with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from nyaris.errors import NyarisError
from nyaris.evaluation.systems import computing

if TYPE_CHECKING:
    from nyaris.evaluation.searching import Scores

ENCODER, HEAD, SHAPE = "encoder", "head.safetensors", "head.json"
_AT_ONCE = 2048
"""Pairs whose token vectors are held at one time."""
_BATCH = 64


class Head(nn.Module):
    """Scores from token vectors: what the aligned tokens say, and the cosine of the means on top."""

    def __init__(self, width: int, inner: int = 96) -> None:
        super().__init__()
        self.width, self.inner = width, inner
        self.narrow = nn.Linear(width, inner)
        self.sharpness = nn.Parameter(torch.tensor(10.0))
        self.compare = nn.Sequential(
            nn.Linear(4 * inner, inner), nn.GELU(), nn.Dropout(0.1), nn.Linear(inner, inner), nn.GELU()
        )
        self.judge = nn.Sequential(nn.Linear(4 * inner, inner), nn.GELU(), nn.Linear(inner, 1))
        self.cosine = nn.Parameter(torch.tensor(5.0))

    def forward(self, queries: tuple[Tensor, Tensor], texts: tuple[Tensor, Tensor]) -> Tensor:
        """One score per pair; each side is (vectors of unit length, mask) of shape (pairs, tokens, ...)."""
        (asked, here), (said, there) = queries, texts
        alike = asked @ said.transpose(1, 2)
        left, right = self.narrow(asked), self.narrow(said)
        seen = (
            self._compared(alike, left, right, here, there),
            self._compared(alike.transpose(1, 2), right, left, there, here),
        )
        means = [nn.functional.normalize(each.sum(1), dim=-1) for each in (asked, said)]
        scores: Tensor = self.judge(torch.cat(seen, -1)).squeeze(-1) + self.cosine * (means[0] * means[1]).sum(-1)
        return scores

    def _compared(self, alike: Tensor, mine: Tensor, theirs: Tensor, here: Tensor, there: Tensor) -> Tensor:
        weights = (alike * self.sharpness).masked_fill(~there[:, None, :], -1e4).softmax(-1)
        aligned = weights @ theirs
        seen = self.compare(torch.cat([mine, aligned, mine - aligned, mine * aligned], -1))
        seen = seen.masked_fill(~here[..., None], 0.0)
        return torch.cat([seen.sum(1) / here.sum(1, keepdim=True), seen.amax(1)], -1)


class Reader:
    """An encoder (a SentenceTransformer) and a head that reads its token vectors."""

    def __init__(self, encoder: Any, head: Head, *, bf16: bool = False) -> None:
        self.encoder, self.head, self._bf16 = encoder.eval(), head.to(encoder.device), bf16

    def score(self, queries: Sequence[str], texts: Sequence[str]) -> Scores:
        """One score for each query with the text beside it."""
        import numpy as np

        found = [np.zeros(0)]
        self.head.eval()
        for start in range(0, len(queries), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            known = self.token_vectors([*queries[some], *texts[some]])
            pairs = list(zip(queries[some], texts[some], strict=True))
            for first in range(0, len(pairs), _BATCH):
                asked, said = zip(*pairs[first : first + _BATCH], strict=True)
                with torch.inference_mode():
                    scores = self.head(self.padded(asked, known), self.padded(said, known))
                found.append(scores.double().cpu().numpy())
        return np.concatenate(found)

    def token_vectors(self, texts: Sequence[str]) -> dict[str, Tensor]:
        """The vectors of the tokens of each text, of unit length, in 16 bits."""
        waiting = sorted(set(texts), key=lambda text: (len(text), text))
        known = {}
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            features = self.encoder.preprocess(batch)
            device = self.encoder.device
            moved = {key: each.to(device) if isinstance(each, Tensor) else each for key, each in features.items()}
            with torch.inference_mode(), computing(self.encoder, self._bf16):
                made = self.encoder[0](moved)
            vectors = nn.functional.normalize(made["token_embeddings"].float(), dim=-1).half()
            for text, mine, mask in zip(batch, vectors, made["attention_mask"], strict=True):
                known[text] = mine[mask.bool()].clone()
        return known

    def padded(self, texts: Sequence[str], known: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Vectors and mask of some texts, as the head takes them."""
        mine = [known[text].float() for text in texts]
        lengths = torch.tensor([len(each) for each in mine], device=mine[0].device)
        vectors = nn.utils.rnn.pad_sequence(mine, batch_first=True)
        return vectors, torch.arange(vectors.shape[1], device=vectors.device)[None, :] < lengths[:, None]

    def save(self, folder: Path) -> None:
        """Write encoder and head into a folder."""
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        self.encoder.save(str(folder / ENCODER), create_model_card=False)
        save_file(self.head.state_dict(), folder / HEAD)
        shape = {"width": self.head.width, "inner": self.head.inner, "length": self.encoder.max_seq_length}
        (folder / SHAPE).write_text(json.dumps(shape) + "\n", encoding="utf-8")


def load_reader(folder: Path, *, device: str | None = None, bf16: bool = False) -> Reader:
    """A reader that `Reader.save` wrote. Raises NyarisError for a folder that holds none."""
    from safetensors.torch import load_file
    from sentence_transformers import SentenceTransformer

    try:
        shape = json.loads((folder / SHAPE).read_text(encoding="utf-8"))
        head = Head(shape["width"], shape["inner"])
        head.load_state_dict(load_file(folder / HEAD))
        encoder = SentenceTransformer(str(folder / ENCODER), device=device)
        encoder.max_seq_length = shape["length"]
    except Exception as error:  # whatever a folder of someone else's makes of it
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise NyarisError(
            f"{folder} holds no verifier ({reason}): give what `nyaris tradeoff --verifier` wrote"
        ) from error
    return Reader(encoder, head, bf16=bf16)
