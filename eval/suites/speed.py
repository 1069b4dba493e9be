"""The suite `speed`: seconds of a question over the shipped article, beside plain all-MiniLM."""

import os
import time
from collections.abc import Sequence

import torch
from langchain_core.embeddings import Embeddings
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModel

from eval.baselines import bundled_reader
from eval.report import SuiteResult
from eval.run import Options, track
from eval.scoring import quantiles
from eval.suites import Suite
from eval.suites.questions import OWN_QUESTIONS
from qa.assistant import Assistant
from qa.reading.onnx_model import Logits, Model
from qa.reading.reader import BundledReader
from qa.reading.tokenizer import Window
from qa.search.embedder import Embedder, bundled_weights
from qa.settings import MEMORY, Settings, shipped_corpus
from sets.questions import read_own


class _Watched(Model):
    """Records the windows that the model was given last."""

    windows: tuple[Window, ...] = ()

    def read(self, windows: Sequence[Window]) -> list[Logits]:
        self.windows = tuple(windows)
        return super().read(windows)


def measure(suite: Suite, options: Options, _embedder: Embeddings) -> SuiteResult:
    """Time the article's questions of a split, each once, with an embedder that caches nothing."""
    torch.set_num_threads(os.cpu_count() or 1)  # as the product does, whatever the command has set
    questions = read_own(OWN_QUESTIONS, shipped_corpus(), options.split)
    asked = questions.sample(options.limit).questions
    model = _Watched()
    settings = Settings(chroma=MEMORY, model="", model_url="")
    reader = bundled_reader(BundledReader(model))
    assistant = Assistant(settings, embedder=Embedder(), reader=reader)
    plain = AutoModel.from_pretrained(str(bundled_weights())).eval()
    assistant.ask(asked[0].question)
    _pass(plain, model.windows)
    timed = []
    for question in track(asked, "speed", len(asked)):
        took = assistant.ask(question.question, question.history).timings
        if "read" in took:
            timed.append((sum(took.values()), took["read"], _pass(plain, model.windows)))
    whole, reading, passes = map(list, zip(*timed, strict=True))
    table = {
        "a question, all stages": quantiles(whole),
        "the reader's part of it": quantiles(reading),
        "all-MiniLM over the same word pieces": quantiles(passes),
        "reader's part / all-MiniLM": quantiles([r / p for _, r, p in timed]),
    }
    return SuiteResult(questions=len(timed), tables={"Seconds": table})


def _pass(plain: torch.nn.Module, windows: Sequence[Window]) -> float:
    ids = [torch.tensor(w.ids, dtype=torch.long) for w in windows]
    mask = pad_sequence([torch.ones_like(i) for i in ids], batch_first=True)
    started = time.perf_counter()
    with torch.inference_mode():
        plain(input_ids=pad_sequence(ids, batch_first=True), attention_mask=mask)
    return time.perf_counter() - started
