"""One training: a model, a mix and a recipe in; a tuned model out."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nyaris.dataset.read import Row
from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.tuning.general import Pair
from nyaris.evaluation.tuning.mixing import Mix
from nyaris.evaluation.tuning.recipes import Recipe

INSTALL = "pip install 'nyaris[tuning]'"
_CHECKS = 6
"""How often a training with early stopping looks at the validation side."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What all trainings of a comparison have in common. `length`: tokens of a text that training reads; near misses
    that are longer are left out, since the difference may be what is cut off."""

    rows: int = 1600
    epochs: int = 1
    batch: int = 32
    rate: float = 2e-5
    length: int = 64
    precision: str = "auto"
    """auto (bf16 where the machine computes in it), bf16 or fp32."""


Check = Callable[[Any], float]
"""What the validation side says of a model: negative where retrieval fell by more than is allowed."""


def load_encoder(name: str, length: int | None = None) -> Any:
    """A sentence encoder by path or name. Raises NyarisError for one that cannot be loaded."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise NyarisError(f"tuning needs sentence-transformers: {INSTALL}") from error
    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError) as error:
        raise NyarisError(f"the model {name} cannot be loaded: {str(error).splitlines()[0]}") from error
    if length is not None and (model.max_seq_length is None or model.max_seq_length > length):
        model.max_seq_length = length
    return model


def tune(
    frozen: Any,
    mix: Mix,
    general: Sequence[Pair],
    recipe: Recipe,
    schedule: Schedule,
    seed: int,
    check: Check | None = None,
) -> Any:
    """A tuned copy of the model. `general`: texts that a distilling recipe holds to the frozen model's similarities.

    `check` is asked while a recipe with early stopping trains; averaging is left to `averages`.
    """
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from transformers import PrinterCallback, set_seed

    from nyaris.evaluation.tuning.losses import loss_of

    set_seed(seed)  # before low-rank additions are drawn
    model = copy.deepcopy(frozen)
    model.max_seq_length = min(schedule.length, frozen.max_seq_length or schedule.length)
    model.model_card_data.widget = [{}]  # else examples are drawn from the data, with a progress bar
    _prepare(model, recipe)
    bf16 = uses_bf16(schedule.precision, model.device.type)
    data = _datasets(mix)
    with tempfile.TemporaryDirectory() as folder, calm():
        arguments = SentenceTransformerTrainingArguments(
            folder,
            num_train_epochs=schedule.epochs,
            per_device_train_batch_size=schedule.batch,
            learning_rate=schedule.rate * recipe.rate,
            warmup_steps=max(1, mix.size * schedule.epochs // schedule.batch // 10),
            batch_sampler="no_duplicates",
            multi_dataset_batch_sampler="proportional",
            seed=seed,
            data_seed=seed,
            bf16=bf16,
            use_cpu=model.device.type == "cpu",
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
        )
        trainer = SentenceTransformerTrainer(
            model, arguments, train_dataset=data, loss=loss_of(recipe, model, frozen, general)
        )
        trainer.remove_callback(PrinterCallback)
        if recipe.early_stop:
            if check is None:
                raise UsageError(f"{recipe.name} needs a validation side: --validation")
            stopping = _stopping(model, check, max(1, mix.size * schedule.epochs // schedule.batch // _CHECKS))
            trainer.add_callback(stopping)
            trainer.train()
            model.load_state_dict(stopping.best)
        else:
            trainer.train()
    if recipe.update == "lora":
        model[0].model = model[0].model.merge_and_unload()
    for weight in model.parameters():
        weight.requires_grad_(True)
    model.max_seq_length = frozen.max_seq_length
    return model.eval()


def that_fit(model: Any, rows: Sequence[Row], length: int) -> list[Row]:
    """The pairs of rows of which the model reads every text to its end."""
    texts = sorted({text for row in rows for text in row.texts})
    with calm():  # that a text is too long is what is asked
        ids = model.tokenizer(texts)["input_ids"] if texts else []
    long = {text for text, tokens in zip(texts, ids, strict=True) if len(tokens) > length}
    cut = {row.pair for row in rows if long & set(row.texts)}
    return [row for row in rows if row.pair not in cut]


def averages(frozen: Any, tuned: Any, shares: Sequence[float]) -> Iterator[tuple[float, Any]]:
    """Models between the two: `share` of the tuned weights, the rest from the frozen ones."""
    theirs, mine = frozen.state_dict(), tuned.state_dict()
    for share in shares:
        model = copy.deepcopy(tuned)
        mixed = {
            name: theirs[name] + share * (weight - theirs[name]) if weight.is_floating_point() else weight
            for name, weight in mine.items()
        }
        model.load_state_dict(mixed)
        yield share, model


def uses_bf16(precision: str, device: str) -> bool:
    """Whether to compute in bfloat16 on this machine. Raises UsageError for an unknown precision."""
    import torch

    if precision not in {"auto", "bf16", "fp32"}:
        raise UsageError(f"--precision {precision}: auto, bf16 or fp32 is expected")
    if precision != "auto":
        return precision == "bf16"
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    able = torch.cpu.get_capabilities()
    return device == "cpu" and bool(able.get("avx512_bf16") or able.get("amx_bf16"))


@contextmanager
def calm() -> Iterator[None]:
    """Without the progress bars and advice that the libraries print."""
    import logging

    from datasets.utils.logging import disable_progress_bar, enable_progress_bar, is_progress_bar_enabled
    from transformers.utils.logging import get_verbosity, set_verbosity

    bars, level = is_progress_bar_enabled(), get_verbosity()
    disable_progress_bar()
    set_verbosity(logging.ERROR)
    try:
        yield
    finally:
        if bars:
            enable_progress_bar()
        set_verbosity(level)


def _datasets(mix: Mix) -> dict[str, Any]:
    """Training columns and nothing else: losses take them by order."""
    from datasets import Dataset

    sets = {
        "general": [{"anchor": pair.anchor, "positive": pair.positive} for pair in mix.general],
        "near": [{"anchor": row.query, "positive": row.positive, "negative": row.negative} for row in mix.near],
    }
    return {name: Dataset.from_list(rows) for name, rows in sets.items() if rows}


def _prepare(model: Any, recipe: Recipe) -> None:
    """Let those weights move that the recipe trains."""
    if recipe.update == "lora":
        try:
            from peft import LoraConfig, get_peft_model
        except ImportError as error:
            raise NyarisError(f"the recipe {recipe.name} needs peft: {INSTALL}") from error
        settings = LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", bias="none")
        model[0].model = get_peft_model(model[0].model, settings)
    elif recipe.update == "last-layer":
        for weight in model[0].parameters():
            weight.requires_grad_(False)
        for weight in last_layer(model).parameters():
            weight.requires_grad_(True)


def last_layer(model: Any) -> Any:
    """The last of the layers of the transformer: of its longest list of modules."""
    import torch

    lists = [module for module in model[0].modules() if isinstance(module, torch.nn.ModuleList)]
    if not lists:
        raise NyarisError("the recipe last-layer needs a transformer with a list of layers")
    return max(lists, key=len)[-1]


def _stopping(model: Any, check: Check, every: int) -> Any:
    """A callback that keeps the weights of the last check that held, and stops at the first that does not."""
    from transformers import TrainerCallback

    class Stopping(TrainerCallback):
        best = _weights(model)

        def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> Any:
            if state.global_step % every == 0 or state.global_step == state.max_steps:
                held = check(model) >= 0
                model.train()
                if held:
                    self.best = _weights(model)
                control.should_training_stop = not held
            return control

    return Stopping()


def _weights(model: Any) -> dict[str, Any]:
    return {name: weight.detach().clone() for name, weight in model.state_dict().items()}
