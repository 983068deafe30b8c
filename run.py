"""From a bare machine to the running program (`python3 run.py`) or the passing tests (`python3 run.py test`)."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import importlib.util
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"  # holds all of LOCK and the developers' tools
STAMP = "set-up.stamp"  # in the virtual environment; empty while a set-up is under way

# pytest ends with 0 to 5; these must not be taken for its answers.
UNSUPPORTED, SYSTEM_LACKS, NOT_INSTALLED, INTERRUPTED = 10, 11, 12, 130

PYPI = "https://pypi.org/simple"  # asked only where neither the environment nor pip.conf names an index
UV_WHEELS = {  # for a Python without ensurepip, as Debian ships it
    "x86_64": (
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "uv-0.13.9-py3-none-manylinux_2_28_aarch64.whl",
        "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    ),
}

# Tests are shared out among the processors; each share has a server of its own, so that many would wait for the disk.
SHARED_OUT = ("-n", "auto", "--maxprocesses=4", "--dist=worksteal")

# The oldest glibc each Qt wheel of the lock runs on: with Python up to 3.13, and with 3.14.
OLDEST_GLIBC = {"x86_64": ((2, 28), (2, 34)), "aarch64": ((2, 31), (2, 39))}


class Need(NamedTuple):
    """Something a Linux machine must have: what it is, the Debian packages that bring it, the RPM capability."""

    what: str
    debian: tuple[str, ...]  # the first name known to apt is taken
    rpm: str


def _library(name: str, *debian: str) -> Need:
    return Need(name, debian, f"{name}()(64bit)")


DRAWING = (  # Qt without a screen
    _library("libglib-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
    _library("libGL.so.1", "libgl1"),
    _library("libEGL.so.1", "libegl1"),
    _library("libX11.so.6", "libx11-6"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libfreetype.so.6", "libfreetype6"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libzstd.so.1", "libzstd1"),
)
SCREEN = (  # a window under X11, and the printers
    _library("libX11-xcb.so.1", "libx11-xcb1"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-image.so.0", "libxcb-image0"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxcb-randr.so.0", "libxcb-randr0"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
    _library("libxcb-sync.so.1", "libxcb-sync1"),
    _library("libxcb-util.so.1", "libxcb-util1"),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1"),
    _library("libcups.so.2", "libcups2", "libcups2t64"),
)
CHINESE_FONT = Need("中文字体", ("fonts-noto-cjk", "fonts-wqy-microhei"), "font(:lang=zh-cn)")
CERTIFICATES = Need("根证书", ("ca-certificates",), "ca-certificates")

FONT_FILES = re.compile(
    r"cjk|notosans(sc|hans)|notoserif(sc|hans)|source.?han|wqy|wenquanyi|uming|ukai|fallback|lxgw|wenkai"
    r"|msyh|simsun|simhei|simfang|simkai|fangsong|fandol|^fz",
    re.IGNORECASE,
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
DISK_FAULTS: dict[int | None, str] = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EACCES: "没有写入程序文件夹的权限",
    errno.EROFS: "程序文件夹是只读的",
}
ASK_NETWORK = "请检查网络后再运行一次；单位有自己的软件源或镜像时，先设置环境变量 PIP_INDEX_URL。"
ASK_DISK = "请腾出至少 1 GB 空间，或把 WULING_VENV 设为一个可以写入的新文件夹，然后再运行一次。"
CERTIFICATE_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


class SetUpError(Exception):
    """The set-up cannot go on: the status to end with, and what to tell the user."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def say(text: str) -> None:
    """Tell the user what is going on, at once."""
    print(text, flush=True)


# ── what the machine is and has ──────────────────────────────────────────────────────────────────────────


def unsupported(system: str, machine: str, glibc: tuple[int, ...], python: tuple[int, int]) -> str:
    """Return why the program cannot run on such a machine, or "" where it can."""
    if not (3, 11) <= python <= (3, 14):
        return f"本机的 Python 是 {python[0]}.{python[1]}，需要 3.11 至 3.14。"
    if system == "Windows":
        return "" if machine == "AMD64" else "在 Windows 上需要 64 位（x64）的系统和 64 位的 Python。"
    if system == "Darwin":
        return "" if machine == "arm64" else "在 macOS 上需要 Apple 芯片的电脑。"
    if machine not in OLDEST_GLIBC:
        return f"本机的处理器架构 {machine} 没有可用的 Qt 组件（支持 x86_64 和 aarch64 的 64 位系统）。"
    oldest = OLDEST_GLIBC[machine][python >= (3, 14)]
    if glibc < oldest:
        has, asked = (".".join(map(str, version)) or "没有" for version in (glibc, oldest))
        return f"本机系统的 glibc 版本太旧（{has}），{machine} 上配合 Python {python[0]}.{python[1]} 需要 {asked} 以上。"
    return ""


def check_machine() -> None:
    """Stop with a sentence where the wheels of the lock cannot run."""
    machine = platform.machine() if sys.maxsize > 2**32 else "32 位"
    why = unsupported(platform.system(), machine, glibc_version(), sys.version_info[:2])
    if why:
        raise SetUpError(
            UNSUPPORTED,
            f"这台电脑不能运行本程序。{why}\n什么都没有安装或改动。请换一台符合条件的电脑，或安装合适的 Python 后再试。",
        )


def glibc_version() -> tuple[int, ...]:
    """Return glibc's version, or () where the system has another C library."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        answer = os.confstr("CS_GNU_LIBC_VERSION") or ""
        return tuple(int(part) for part in re.findall(r"\d+", answer)[:2])
    return ()


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing(*, screen: bool, fetching: bool) -> list[Need]:
    """Return what this Linux machine lacks to show a window (or only to draw), and to fetch packages."""
    lacks = [need for need in (*DRAWING, *(SCREEN if screen else ())) if not loads(need.what)]
    if not has_chinese_font([Path(folder).expanduser() for folder in FONT_FOLDERS]):
        lacks.append(CHINESE_FONT)
    if fetching and not any(map(os.path.exists, (*CERTIFICATE_FILES, os.environ.get("SSL_CERT_FILE", "")))):
        lacks.append(CERTIFICATES)
    return lacks


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font(folders: Iterable[Path]) -> bool:
    """Tell whether a font with Chinese glyphs is installed: by its file's name, else as fontconfig says."""
    for folder in folders:
        for _, _, files in os.walk(folder):
            if any(FONT_FILES.search(name) for name in files):
                return True
    if not shutil.which("fc-list"):
        return False
    return bool(
        subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, check=False).stdout.strip()
    )


# ── system packages ──────────────────────────────────────────────────────────────────────────────────────


def provide(needs: Sequence[Need], *, screen: bool, fetching: bool) -> None:
    """Install what is missing where that takes no password; else stop, with the line that does it."""
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        raise SetUpError(SYSTEM_LACKS, advice(needs))
    say(f"正在安装系统组件：{names(needs)}（首次需要几分钟）……")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.call([*apt, "update"])  # a stale mirror may still serve: the install tells
    packages = [known_to_apt(need.debian) for need in needs]
    status = subprocess.call([*apt, "install", "-y", "--no-install-recommends", *packages])
    left = missing(screen=screen, fetching=fetching)
    if status or left:
        raise SetUpError(SYSTEM_LACKS, f"系统组件没有装好。\n{advice(left or needs)}")


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as root without a password, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def known_to_apt(packages: Sequence[str]) -> str:
    """Return the first package apt can install; the last where it knows none, for apt to name in its complaint."""
    for package in packages[:-1]:
        answer = subprocess.run(
            ["apt-cache", "show", "--no-all-versions", package], capture_output=True, check=False
        )
        if answer.stdout.strip():
            return package
    return packages[-1]


def advice(needs: Sequence[Need]) -> str:
    """Return three sentences for the user, with the exact line for this machine's package manager."""
    text = f"本机缺少系统组件：{names(needs)}。\n没有它们程序打不开；您的数据没有动过。\n"
    sudo = "" if os.geteuid() == 0 else "sudo "
    if shutil.which("apt-get"):
        packages = " ".join(need.debian[0] for need in needs)
        line = f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}"
    elif shutil.which("dnf") or shutil.which("yum"):
        tool = "dnf" if shutil.which("dnf") else "yum"
        line = f"{sudo}{tool} install -y " + " ".join(f"'{need.rpm}'" for need in needs)
    else:
        return f"{text}请用本机的软件包管理器安装以上组件，然后再运行一次。"
    return f"{text}请（由管理员）运行下面这一行，然后再运行一次：\n\n    {line}\n"


def names(needs: Sequence[Need]) -> str:
    """Return what is needed in one line."""
    return "、".join(need.what for need in needs)


# ── the virtual environment ──────────────────────────────────────────────────────────────────────────────


def environment_folder() -> Path:
    """Return the folder of the virtual environment: `WULING_VENV`, else `.venv` beside this file."""
    return Path(os.environ.get("WULING_VENV") or ROOT / ".venv").absolute()


def python_of(folder: Path) -> Path:
    """Return a virtual environment's Python."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_line(lock: str) -> str:
    """Return the line which a stamp holds once this very lock is installed."""
    return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def stamped(folder: Path) -> list[str] | None:
    """Return the lines of the stamp: none while a set-up is under way, None where there never was one."""
    try:
        return (folder / STAMP).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None


def usable(folder: Path) -> bool:
    """Tell whether a virtual environment is there and made for the Python that runs this file."""
    try:
        described = (folder / "pyvenv.cfg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    made_for = re.search(r"^version(?:_info)?\s*=\s*(\d+)\.(\d+)", described, re.MULTILINE)
    ours = tuple(map(str, sys.version_info[:2]))
    return python_of(folder).exists() and made_for is not None and made_for.groups() == ours


def is_ready(folder: Path, lock: str) -> bool:
    """Tell whether a finished set-up has this very lock installed."""
    return stamp_line(lock) in (stamped(folder) or ()) and usable(folder)


def make_ready(folder: Path, lock: str) -> None:
    """Install a lock into a virtual environment, made anew unless it is sound; the stamp is written last."""
    lines = stamped(folder)
    # A set-up broken off may have left half a package, an older lock what is no longer wanted: both are made anew.
    # One made by hand is kept with what it has, and completed.
    if not usable(folder) or (lines is not None and stamp_line(LOCK) not in lines):
        make_environment(folder)
    (folder / STAMP).write_text("", encoding="utf-8")
    say("正在安装程序组件（首次约 150 MB，需要几分钟）……")
    install(folder, lock)
    done = (LOCK, DEV_LOCK) if lock == DEV_LOCK else (LOCK,)
    (folder / STAMP).write_text("\n".join(map(stamp_line, done)) + "\n", encoding="utf-8")


def make_environment(folder: Path) -> None:
    """Make the virtual environment in place of the one there; never in place of anything else."""
    import venv  # noqa: PLC0415 - a start with nothing to do stays quick

    if folder.exists():
        ours = (folder / STAMP).exists() or (folder / "pyvenv.cfg").exists()
        if not ours and any(folder.iterdir()):
            raise SetUpError(
                NOT_INSTALLED,
                f"文件夹 {folder} 里有别的东西，没有动它。\n请把 WULING_VENV 设为一个新的文件夹，再运行一次。",
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / STAMP).write_text("", encoding="utf-8")
    with_pip = importlib.util.find_spec("ensurepip") is not None
    venv.create(folder, with_pip=with_pip, symlinks=os.name != "nt")


def install(folder: Path, lock: str) -> None:
    """Install a hashed lock, by the environment's pip or else by uv."""
    python = str(python_of(folder))
    what = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)]
    pip = "site-packages/pip/__main__.py"
    if any(folder.glob(f"lib/python*/{pip}")) or (folder / "Lib" / pip).exists():
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *what]
        status = subprocess.call(command)
    else:
        index = package_index(os.environ, pip_settings())
        uv = folder / "bin" / "uv"
        if not uv.exists():
            fetch_uv(index, uv)
        asks = {**os.environ, "UV_DEFAULT_INDEX": index, "UV_SYSTEM_CERTS": "1"}
        status = subprocess.call([str(uv), "pip", "install", "--python", python, *what], env=asks)
    if status:
        raise not_installed("软件源没有给出全部组件，详见上面的英文输出")


def not_installed(why: str, todo: str = ASK_NETWORK) -> SetUpError:
    """Return what to tell the user when the program's packages cannot be had or put in place."""
    text = f"程序组件没有装全：{why}。\n已有的数据没有动过，没装完的部分下次会重新安装。\n{todo}"
    return SetUpError(NOT_INSTALLED, text)


def pip_settings() -> list[Path]:
    """Return pip's settings files on a Unix machine, the strongest last."""
    home, own = Path.home(), os.environ.get("PIP_CONFIG_FILE")
    user = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf"
    files = [Path("/etc/pip.conf"), home / ".pip" / "pip.conf", user]
    return [*files, Path(own)] if own else files


def package_index(environment: Mapping[str, str], settings: Iterable[Path]) -> str:
    """Return the package index to ask: the environment's, pip's, or PyPI."""
    import configparser  # noqa: PLC0415 - a start with nothing to do stays quick

    for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"):
        if environment.get(name):
            return environment[name]
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(settings, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError) as error:
        raise not_installed(f"pip 的设置文件读不懂（{error}）", "请改正 pip.conf 后再运行一次。") from error
    install_section = parser.get("install", "index-url", fallback="")
    return install_section or parser.get("global", "index-url", fallback="") or PYPI


def fetch_uv(index: str, target: Path) -> None:
    """Put the pinned uv beside the environment's Python; its hash is checked before a byte of it is kept."""
    import http.client  # noqa: PLC0415 - a start with nothing to do stays quick
    import urllib.parse  # noqa: PLC0415 - the same
    import urllib.request  # noqa: PLC0415 - the same

    if platform.machine() not in UV_WHEELS or sys.platform != "linux":
        raise not_installed("本机的 Python 不带 ensurepip", "请安装带 pip 的 Python 后再运行一次。")
    wheel, digest = UV_WHEELS[platform.machine()]
    say(f"本机的 Python 不带 pip，改用 uv 安装：正在下载 {wheel}（约 20 MB）……")
    try:
        with urllib.request.urlopen(f"{index.rstrip('/')}/uv/", timeout=60) as answer:
            link = wheel_link(answer.read().decode("utf-8"), wheel)
            place = urllib.parse.urljoin(answer.url, link)
        with urllib.request.urlopen(place, timeout=600) as answer:
            content = answer.read()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise not_installed(f"下载 uv 没有成功（{error}）") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise not_installed("下载的 uv 与本程序记录的校验值不符，已丢弃")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        binary = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        target.write_bytes(archive.read(binary))
    target.chmod(0o755)


def wheel_link(page: str, wheel: str) -> str:
    """Return the address of a wheel on its page of a simple index."""
    found = re.search(rf'href="([^"#]*{re.escape(wheel)})["#]', page)
    if found is None:
        raise not_installed(f"软件源里没有 {wheel}")
    return found[1]


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────


def set_up(*, dev: bool, screen: bool) -> Path:
    """Make the machine ready, doing only what is still to be done, and return the Python to use."""
    folder, lock = environment_folder(), DEV_LOCK if dev else LOCK
    ready = is_ready(folder, lock)
    if not ready:
        check_machine()
    if sys.platform == "linux":
        needs = missing(screen=screen, fetching=not ready)
        if needs:
            provide(needs, screen=screen, fetching=not ready)
    if not ready:
        make_ready(folder, lock)
    return python_of(folder)


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """Return pytest's arguments: the long trials are left out unless asked for by --slow, and then have the machine alone."""
    chosen = [] if "--slow" in given else [*SHARED_OUT, "-m", "not slow"]
    return ["-m", "pytest", *chosen, *(argument for argument in given if argument != "--slow")]


def hand_over(python: Path, arguments: Sequence[str], **environment: str) -> int:
    """Run the environment's Python in place of this one, and return its status where the system cannot."""
    everything = {**os.environ, **environment}
    sys.stdout.flush()
    if os.name != "nt":  # there exec would give the prompt back at once
        os.execve(python, [str(python), *arguments], everything)  # noqa: S606 - no shell is wanted
    return subprocess.call([str(python), *arguments], env=everything)


def start(arguments: Sequence[str]) -> int:
    """Do what is asked: the tests, the set-up alone, a verb of the program, or the program."""
    if arguments[:1] == ["setup"]:
        say(f"已就绪：{set_up(dev=True, screen=False)}")
        return 0
    if arguments[:1] == ["test"]:
        python = set_up(dev=True, screen=False)
        os.chdir(ROOT)
        return hand_over(python, pytest_arguments(arguments[1:]), QT_QPA_PLATFORM="offscreen")
    screen = has_screen()
    python = set_up(dev=False, screen=screen)
    program = str(ROOT / "main.py")
    if arguments or screen:
        return hand_over(python, [program, *arguments])
    say("这里没有图形界面：改为在后台用演示数据走一遍主要流程，结果写到 out 文件夹。")
    return hand_over(python, [program, "tour", "--to", "out"], QT_QPA_PLATFORM="offscreen")


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its status; whatever stands in the way is told in the user's words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console without Chinese must not end the set-up
    try:
        return start(arguments)
    except SetUpError as problem:
        print(problem, file=sys.stderr)
        return problem.status
    except OSError as error:
        print(not_installed(DISK_FAULTS.get(error.errno, str(error)), ASK_DISK), file=sys.stderr)
        return NOT_INSTALLED
    except subprocess.CalledProcessError as error:  # venv's own call of ensurepip
        print(not_installed(f"建立虚拟环境没有成功（{error}）"), file=sys.stderr)
        return NOT_INSTALLED
    except KeyboardInterrupt:
        print("\n已中断。再运行一次会接着做完。", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
