"""Files and folders appear whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from bosett.outputs import write_file_whole, write_folder_whole
from bosett.terms.errors import BadInput


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def breaks(path: Path) -> None:
    path.write_text("half")
    raise RuntimeError("the disk is full")


def breaks_in_folder(folder: Path) -> None:
    (folder / "a.csv").write_text("half")
    raise RuntimeError("the disk is full")


def two_files(folder: Path) -> None:
    (folder / "a.csv").write_text("new a")
    (folder / "b.csv").write_text("new b")


def test_a_file_is_put_in_place_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_file_whole(tmp_path / "out.csv", lambda made: made.write_text("new") and None)
    assert (tmp_path / "out.csv").read_text() == "new"
    assert names(tmp_path) == ["out.csv"]


def test_a_failure_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(RuntimeError):
        write_file_whole(tmp_path / "out.csv", breaks)
    assert (tmp_path / "out.csv").read_text() == "old"
    assert names(tmp_path) == ["out.csv"]


def test_a_failure_makes_no_folders(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_file_whole(tmp_path / "new" / "deeper" / "out.csv", breaks)
    assert names(tmp_path) == []


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_file_whole(tmp_path / "new" / "deeper" / "out.csv", lambda made: made.write_text("x") and None)
    assert (tmp_path / "new" / "deeper" / "out.csv").read_text() == "x"


def test_a_file_gets_the_rights_that_any_new_file_gets(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_file_whole(tmp_path / "out.csv", lambda made: made.write_text("x") and None)
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a file"):
        write_file_whole(tmp_path, breaks)


def test_a_device_is_never_replaced_by_a_file() -> None:
    with pytest.raises(BadInput, match="not a file"):
        write_file_whole(Path(os.devnull), breaks)


def test_a_link_keeps_being_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_file_whole(tmp_path / "link.csv", lambda made: made.write_text("new") and None)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_a_folder_is_put_in_place_with_all_its_files(tmp_path: Path) -> None:
    write_folder_whole(tmp_path / "out", two_files)
    assert names(tmp_path / "out") == ["a.csv", "b.csv"]
    assert names(tmp_path) == ["out"]


def test_a_folder_of_an_earlier_run_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").write_text("old a")
    write_folder_whole(tmp_path / "out", two_files)
    assert (tmp_path / "out" / "a.csv").read_text() == "new a"
    assert names(tmp_path) == ["out"]


def test_a_failure_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").write_text("old a")
    with pytest.raises(RuntimeError):
        write_folder_whole(tmp_path / "out", breaks_in_folder)
    assert (tmp_path / "out" / "a.csv").read_text() == "old a"
    assert names(tmp_path) == ["out"]


def test_a_folder_with_other_work_in_it_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("ten years")
    with pytest.raises(BadInput, match=r"thesis\.docx"):
        write_folder_whole(tmp_path / "out", two_files)
    assert names(tmp_path / "out") == ["thesis.docx"]


def test_a_file_is_no_place_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(BadInput, match="a folder"):
        write_folder_whole(tmp_path / "out", two_files)


def test_when_the_last_step_fails_the_old_folder_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.csv").write_text("old a")
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="no"):
        write_folder_whole(tmp_path / "out", two_files)
    assert (tmp_path / "out" / "a.csv").read_text() == "old a"
    assert names(tmp_path) == ["out"]


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(BadInput, match="Permission denied"):
        write_file_whole(tmp_path / "out.csv", breaks)
