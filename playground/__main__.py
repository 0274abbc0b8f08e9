"""`python -m playground`, and the installed command `playground`."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    from playground import cli

    return cli.run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
