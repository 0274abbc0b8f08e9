"""`playground train`: train, write what was asked for, and say what came of it."""

from core.errors import InputError
from core.formats import Document, save
from core.training import begin, draw_start, load_data
from playground import console
from playground.kernels import make_ready
from playground.output_files import check_export, check_writable, write_text
from playground.progress_bar import ProgressBar
from playground.train_loop import SECONDS_UNWATCHED, SECONDS_WATCHED, Look, TrainLoop
from playground.train_options import TrainOptions, train_parser, understand
from playground.train_report import Written, as_json, history_table, result, summary


def main(arguments: list[str]) -> int:
    """Do it and return the exit code; InputError when what is asked for makes no sense."""
    options = understand(train_parser().read(arguments))
    loop = _prepare(options)
    _check_files(options, Document(loop.run.network, options.spec))
    look = _train(options, loop)
    written, problems = _write(options, loop)
    if options.json:
        console.say(as_json(result(options, loop, look)))
    elif not options.quiet:
        console.say(summary(options, loop, look, written))
    return _verdict(loop, problems)


def _check_files(options: TrainOptions, start: Document) -> None:
    """Refuse before the training what could not be written after it."""
    for path in options.exports:
        check_export(path, start)
    if options.history is not None:
        if options.history in options.exports:
            raise InputError(f"{options.history} cannot hold both the network and the history; name two files.")
        check_writable(options.history)


def _prepare(options: TrainOptions) -> TrainLoop:
    spec = options.spec
    data = load_data(spec)
    make_ready(spec, options.epochs)
    start = begin(spec, draw_start(spec))
    return TrainLoop(
        spec,
        data,
        start,
        epochs=options.epochs,
        until_loss=options.until_loss,
        look_each_epoch=options.history is not None,
    )


def _train(options: TrainOptions, loop: TrainLoop) -> Look:
    bar = ProgressBar(loop.total_steps, wanted=not options.quiet)
    try:
        return loop.train(bar.show, SECONDS_WATCHED if bar.visible else SECONDS_UNWATCHED)
    finally:
        bar.close()


def _write(options: TrainOptions, loop: TrainLoop) -> tuple[list[Written], list[InputError]]:
    """Write every file that can be written, whatever becomes of the others."""
    written: list[Written] = []
    problems: list[InputError] = []
    document = Document(loop.run.network, options.spec)
    for path in options.exports:
        try:
            written.append(Written(path, save(path, document)))
        except InputError as problem:
            problems.append(problem)
    if options.history is not None:
        try:
            write_text(options.history, history_table(loop.history))
            written.append(Written(options.history))
        except InputError as problem:
            problems.append(problem)
    return written, problems


def _verdict(loop: TrainLoop, problems: list[InputError]) -> int:
    """Say what went wrong, if anything, and the exit code."""
    for problem in problems:
        console.complain(str(problem))
    if loop.failure is not None:
        console.complain(str(loop.failure))
        return 1
    if loop.interrupted:
        console.complain(
            f"Interrupted after {loop.run.epoch} epochs ({loop.run.step} steps); that state is the result."
        )
        return console.INTERRUPTED
    return 2 if problems else 0
