"""The loop of `train`: long bursts, whole sets evaluated only when somebody looks, always a finite state."""

import math
import time
from collections.abc import Callable

from core.datasets import Data
from core.record import record
from core.spec import Spec
from core.training import Diverged, Evaluation, Run, Trainer, evaluate

# How long a burst may take: only its end shows progress, and each end costs about as much as an update.
SECONDS_WATCHED = 0.1
SECONDS_UNWATCHED = 1.0


@record
class Look:
    """The objective over both sets after `epoch` epochs; `test` is None without test rows."""

    epoch: int
    train: Evaluation
    test: Evaluation | None

    @property
    def finite(self) -> bool:
        """Whether every loss is a number."""
        return all(math.isfinite(part.objective) for part in (self.train, self.test) if part is not None)


class TrainLoop:
    """Trains `run` to its end, and knows at any time where it stands.

    Once `train` has returned, the losses of `run` are finite, and `failure` says why it went no further.
    `seconds` counts nothing but the updates. `history` has an entry for each epoch, the start's first, when
    `look_each_epoch` or `until_loss` ask for it.
    """

    def __init__(
        self,
        spec: Spec,
        data: Data,
        start: Run,
        *,
        epochs: int,
        until_loss: float | None = None,
        look_each_epoch: bool = False,
    ) -> None:
        self.trainer = Trainer(spec, data, start.kernel)
        self.run = start
        self.total_steps = epochs * self.trainer.steps_per_epoch
        self.until_loss = until_loss
        self.seconds = 0.0
        self.history: list[Look] = []
        self.failure: Diverged | None = None
        self.interrupted = False
        self._each_epoch = look_each_epoch or until_loss is not None
        self._burst_steps = 1
        self._known_good = start
        self._burst_began = start
        self._latest: Look | None = None

    @property
    def reached(self) -> bool:
        """Whether the objective is as low as it was wanted, after at least one epoch."""
        if self.until_loss is None or self._latest is None or not self.run.epoch or self.run.start:
            return False
        return self._latest.train.objective <= self.until_loss

    def train(self, progress: Callable[[int, int], None], burst_seconds: float = SECONDS_UNWATCHED) -> Look:
        """Train until the epochs are over, the loss is reached or Ctrl-C; the losses where it then stands.

        `progress` is told the steps and epochs made, about every `burst_seconds`.
        """
        try:
            self._train(progress, burst_seconds)
            return self._look()
        except Diverged as failure:
            return self._fall_back(failure)

    def _train(self, progress: Callable[[int, int], None], burst_seconds: float) -> None:
        try:
            self._look_at_epoch_end()
            while self.run.step < self.total_steps and not self.reached:
                self._burst(burst_seconds)
                self._look_at_epoch_end()
                progress(self.run.step, self.run.epoch)
        except KeyboardInterrupt:
            # The run is what the last whole burst has left; only its look may be lacking.
            self.interrupted = True
            self._look_at_epoch_end()

    def _burst(self, seconds: float) -> None:
        """Make about as many updates as take `seconds`; where somebody looks, end with the epoch."""
        steps = min(self._burst_steps, self.total_steps - self.run.step)
        if self._each_epoch:
            steps = min(steps, self.trainer.steps_to_epoch_end(self.run))
        self._burst_began, self._latest = self.run, None
        began = time.perf_counter()
        try:
            self.run = self.trainer.advance(self.run, steps)
        finally:
            passed = time.perf_counter() - began
            self.seconds += passed
        # Grows step by step, since the first bursts also pay for what is done only once.
        affordable = int(seconds * steps / max(passed, 1e-9))
        self._burst_steps = max(1, min(affordable, 4 * self._burst_steps))

    def _look_at_epoch_end(self) -> None:
        if self._each_epoch and self.run.start == 0 and len(self.history) == self.run.epoch:
            self.history.append(self._look())

    def _look(self) -> Look:
        """The losses of the present run; Diverged when they are not finite."""
        if self._latest is None:
            self._latest = self._evaluate(self.run)
            if not self._latest.finite:
                raise self._first_overflow()
            self._known_good = self.run
        return self._latest

    def _evaluate(self, run: Run) -> Look:
        data, penalty = self.trainer.data, self.trainer.spec.penalty
        train = evaluate(run.network, penalty, data.x_train, data.t_train, data)
        assert train is not None
        return Look(run.epoch, train, evaluate(run.network, penalty, data.x_test, data.t_test, data))

    def _first_overflow(self) -> Diverged:
        """Which step made the loss over all rows overflow, when no batch did: train up to it again."""
        good = self._burst_began if self._evaluate(self._burst_began).finite else self._known_good
        steps = self.run.step - good.step
        while steps > 1:
            half = steps // 2
            middle = self.trainer.advance(good, half)
            if self._evaluate(middle).finite:
                good, steps = middle, steps - half
            else:
                steps = half
        return Diverged("The loss E over all rows", good.step + steps, good, self.trainer.spec.eta)

    def _fall_back(self, failure: Diverged) -> Look:
        """Go back to where all losses are finite; what `failure` kept may be so on one batch only."""
        self.failure, self.run, self._latest = failure, failure.run, None
        try:
            return self._look()
        except Diverged as earlier:
            self.failure, self.run = earlier, earlier.run
            return self._evaluate(self.run)
