"""The entry of the command: `tfgen` and `python -m tfgen`.

Ctrl-C means Ctrl-C while Python still imports, and while it ends, too. There it would come out as a
traceback of the import system or of a library, so nothing is imported here before it is heard. (What
the interpreter does before it comes here, nobody can catch.)
"""

_INTERRUPTED = 130  # as tfgen.cli.exit_codes has it, which is not imported yet


def main() -> None:
    """Runs the command line and exits; 130 on Ctrl-C, whenever it comes."""
    heard = False

    def interrupt(*_: object) -> None:
        nonlocal heard
        heard = True
        raise KeyboardInterrupt

    try:
        import signal

        # Where the caller ignores it (`nohup`, a script's job in the background), it stays ignored.
        listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if listens:
            signal.signal(signal.SIGINT, _leave)
        from tfgen.cli import main as command

        if listens:
            # From here on it is an exception: what is half written is taken away, what is known is said.
            signal.signal(signal.SIGINT, interrupt)
        try:
            command()
        finally:
            if listens:
                signal.signal(signal.SIGINT, _leave)
    except SystemExit as stop:
        if not heard or stop.code != _INTERRUPTED:
            raise
        _end()  # else Python may end itself by the signal, and the caller sees no exit code
    except KeyboardInterrupt:
        _leave()
    except Exception:
        # A library that is imported on the way may make an error of its own of it (pydantic does).
        if not heard:
            raise
        _leave()


def _leave(*_: object) -> None:
    """Ends the process at once: nothing is under way that could be said or lost."""
    import os

    os.write(2, b"interrupted\n")
    os._exit(_INTERRUPTED)


def _end() -> None:
    """Ends the process once all is said; nothing is waited for."""
    import os
    import sys

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue  # nobody reads it
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
