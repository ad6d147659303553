"""The `densach` command: every sub-command is loaded only when it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import click

from densach.problems import Problem, Refused, problem

MOST_TOLD = 100  # a file with more mistakes than this has one cause; the rest would only scroll it away
COMMANDS = {
    "accounts": "densach.cli.accounts:accounts",
    "awards": "densach.cli.awards:awards",
    "certificate": "densach.cli.certificates:certificate",
    "desk": "densach.cli.desk:desk",
    "equity": "densach.cli.equity:equity",
    "judge": "densach.cli.judge:judge",
    "figures": "densach.cli.figures:figures",
    "keys": "densach.cli.keys:keys",
    "nation": "densach.cli.nation:nation",
    "numbers": "densach.cli.numbers:numbers",
    "organisations": "densach.cli.organisations:organisations",
    "papers": "densach.cli.papers:papers",
    "people": "densach.cli.people:people",
    "places": "densach.cli.places:places",
    "policy": "densach.cli.policy:policy",
    "round": "densach.cli.rounds:round_",
    "serve": "densach.cli.serve:serve",
    "statistics": "densach.cli.statistics:statistics_command",
    "template": "densach.cli.template:template",
    "token": "densach.cli.tokens:token",
    "try": "densach.cli.trial:trial",
    "work": "densach.cli.work:work",
}


class _Lazy(click.Group):
    """A group that imports a sub-command when it is used, so that `judge` never loads a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101  - a wrong row of COMMANDS is our mistake
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Đèn Sách: luật thành dữ liệu, kết luận có điều khoản."""


def main() -> None:
    """Run the command line; a refusal is printed in both languages and ends with exit code 2."""
    try:
        cli.main(standalone_mode=False)
    except Refused as refused:
        _refuse(*refused.problems)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _refuse(
            problem("D103", context.command_path if context else "densach", reason=error.format_message().rstrip("."))
        )
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng theo yêu cầu. / Stopped as asked.", err=True)
        sys.exit(130)


def _refuse(*problems: Problem) -> NoReturn:
    for found in problems[:MOST_TOLD]:
        click.echo(found.told("vi"), err=True)
        click.echo(found.told("en"), err=True)
    if len(problems) > MOST_TOLD:
        rest = len(problems) - MOST_TOLD
        click.echo(f"… và {rest} điều nữa; sửa những điều trên rồi chạy lại. / … and {rest} more.", err=True)
    sys.exit(2)
