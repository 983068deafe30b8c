"""The data key and the slots that hold it: one opened by the password, one by the recovery key.

The slot file is JSON: format, file_id, number (grows with every change), slots, sha256 of all that. It lies
in the data folder twice and once in each backup. A slot holds the data key sealed with AES-256-GCM under a
key made from the password (scrypt) or from the recovery key (HKDF: 140 random bits need no stretching).
Changing the password writes a new slot and leaves the data file alone; older backups keep the slots of their
day and open with the password of their day. Python cannot wipe memory for certain; the data key is held in
one bytearray and zeroed when the file is closed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wuling_desktop import files
from wuling_desktop.domain.problems import Problem, of_os_error
from wuling_desktop.storage import recovery_key, troubles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "wuling.keys"
COPY = "wuling.keys.copy"
FORMAT = 1
SCRYPT_COST = 2**17  # × 8 × 128 bytes = 128 MiB for each guess
_BLOCK = 8
_LEAST_COST = 2  # scrypt takes powers of two only, from here on
_MOST_COST = 2**18  # a slot file that asks for more than 256 MiB is not ours
_MOST_BYTES = 2**16  # of a slot file
_BITS = 256
_ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_SPARE = 2**25  # bytes scrypt may use beside its block table


def new_data_key() -> bytearray:
    """Return 256 random bits."""
    return bytearray(AESGCM.generate_key(_BITS))


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, sealed for one way of opening the file."""

    kind: str  # password or recovery
    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: int = 0  # of scrypt; 0 where the opener is random enough by itself

    def plain(self) -> dict[str, Any]:
        """Return the slot as JSON holds it."""
        texts = {name: base64.b64encode(getattr(self, name)).decode() for name in ("salt", "nonce", "sealed")}
        return {"kind": self.kind, "cost": self.cost, **texts}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Slot:
        """Return the slot JSON holds; ValueError, KeyError or TypeError where it is none."""
        kind, cost = str(plain["kind"]), int(plain["cost"])
        if not 0 <= cost <= _MOST_COST or cost & (cost - 1) or (kind == "password" and cost < _LEAST_COST):
            raise ValueError(cost)
        salt, nonce, sealed = (base64.b64decode(plain[name]) for name in ("salt", "nonce", "sealed"))
        return cls(kind, salt, nonce, sealed, cost)


@dataclass(frozen=True, slots=True)
class SlotFile:
    """Every way of opening one data file; changes give a new SlotFile, which counts once it is written."""

    file_id: str
    slots: Mapping[str, Slot]
    number: int = 1
    note: str = ""  # what the user should hear: that one of the two copies had to be mended

    @classmethod
    def new(cls, data_key: bytes | bytearray, password: str) -> tuple[SlotFile, str]:
        """Return the slots of a new data file and its recovery key as it is to be printed."""
        file_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(8))
        return cls(file_id, {}, number=0).with_password(data_key, password).with_recovery_key(data_key)

    @classmethod
    def read(cls, folder: Path) -> SlotFile:
        """Return the newer of the two copies; the other is mended where it needs it, and `note` says so."""
        found = {name: cls._read_one(folder / name) for name in (NAME, COPY)}
        readable = [slots for slots in found.values() if slots]
        if not readable:
            cls._require_readable(folder)
            raise troubles.damaged_keys() if present(folder) else troubles.missing_keys()
        if len({slots.file_id for slots in readable}) > 1:
            return readable[
                0
            ]  # keys of two data files: which are right only the password can tell, so none is touched
        newest = max(readable, key=lambda slots: slots.number)
        worn = [name for name, slots in found.items() if slots != newest]
        if not worn:
            return newest
        with suppress(OSError):  # on a read-only medium the good copy still opens the data
            for name in worn:
                with files.whole(folder / name) as file:
                    file.write(newest.content())
        return replace(
            newest, note=f"两份钥匙文件里有一份（{worn[0]}）不对，已用好的那份补上。数据没有受影响。"
        )

    @classmethod
    def _read_one(cls, path: Path) -> SlotFile | None:
        try:
            with path.open("rb") as file:
                return cls.of_content(file.read(_MOST_BYTES))  # what is cut off there is none of ours
        except (OSError, ValueError):
            return None

    @staticmethod
    def _require_readable(folder: Path) -> None:
        """Problem where the disk or a missing right, and not their content, keeps the keys from being read."""
        for path in (folder / NAME, folder / COPY):
            try:
                path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise of_os_error(error, "读钥匙文件") from error

    @classmethod
    def of_content(cls, content: bytes) -> SlotFile:
        """Return the slots in these bytes; ValueError where they are damaged, Problem where newer."""
        try:
            plain = json.loads(content)
            sum_ = plain.pop("sha256")
            if plain["format"] > FORMAT:
                raise troubles.newer()
            if sum_ != _sum(plain):
                raise ValueError(sum_)
            slots = [Slot.of_plain(slot) for slot in plain["slots"]]
            file_id = str(plain["file_id"])
            if not file_id or set(file_id) - set(_ID_LETTERS):  # folders are called by it
                raise ValueError(file_id)
            return cls(file_id, {slot.kind: slot for slot in slots}, int(plain["number"]))
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(NAME) from error

    def content(self) -> bytes:
        """Return the bytes of the slot file."""
        slots = [slot.plain() for slot in self.slots.values()]
        plain = {"format": FORMAT, "file_id": self.file_id, "number": self.number, "slots": slots}
        return json.dumps({**plain, "sha256": _sum(plain)}, indent=1).encode()

    def write(self, folder: Path, doing: str) -> SlotFile:
        """Put the slots in place in both copies; Problem means that the earlier ones still hold."""
        try:
            with files.whole(folder / NAME) as file:
                file.write(self.content())
        except OSError as error:
            if (
                self._read_one(folder / NAME) != self
            ):  # else only making its name durable failed: the new slots hold
                raise of_os_error(error, doing) from error
        # From here on the change has happened; where the copy cannot follow, the next start mends it.
        with suppress(OSError), files.whole(folder / COPY) as file:
            file.write(self.content())
        return self

    def unlock_with_password(self, password: str) -> bytearray:
        """Return the data key; Problem where the password is another."""
        slot = self.slots.get("password")
        key = slot and self._open(slot, _stretched(password, slot.salt, slot.cost))
        if not key:
            raise troubles.wrong_password()
        return key

    def unlock_with_recovery_key(self, text: str) -> bytearray:
        """Return the data key; Problem where the typed recovery key is mistyped or another."""
        letters = recovery_key.read(text)
        slot = self.slots.get("recovery")
        key = slot and self._open(slot, _derived(letters, slot.salt))
        if not key:
            raise troubles.wrong_recovery_key()
        return key

    def unlock_with_either(self, text: str) -> bytearray:
        """Return the data key for what may be the password or the recovery key; Problem where it is neither."""
        try:
            return self.unlock_with_password(text)
        except troubles.WrongPassword:
            try:
                return self.unlock_with_recovery_key(text)
            except Problem:
                pass  # most likely a password, and that is what is told
            raise

    def with_password(self, data_key: bytes | bytearray, password: str) -> SlotFile:
        """Return the slots with another password."""
        if not password:
            raise troubles.empty_password()
        salt = secrets.token_bytes(16)
        return self._with(data_key, "password", salt, _stretched(password, salt, SCRYPT_COST), SCRYPT_COST)

    def with_recovery_key(self, data_key: bytes | bytearray) -> tuple[SlotFile, str]:
        """Return the slots with another recovery key, and that key as it is to be printed."""
        letters, salt = recovery_key.new(), secrets.token_bytes(16)
        return self._with(data_key, "recovery", salt, _derived(letters, salt)), recovery_key.written(letters)

    def _with(
        self, data_key: bytes | bytearray, kind: str, salt: bytes, opener: bytes, cost: int = 0
    ) -> SlotFile:
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(opener).encrypt(nonce, bytes(data_key), self._bound(kind))
        slots = {**self.slots, kind: Slot(kind, salt, nonce, sealed, cost)}
        return replace(self, slots=slots, number=self.number + 1, note="")

    def _open(self, slot: Slot, opener: bytes) -> bytearray | None:
        try:
            return bytearray(AESGCM(opener).decrypt(slot.nonce, slot.sealed, self._bound(slot.kind)))
        except (InvalidTag, ValueError):
            return None

    def _bound(self, kind: str) -> bytes:
        """Return what ties a sealed key to its file and its slot, so that neither can be swapped."""
        return f"{self.file_id}:{kind}".encode()


def present(folder: Path) -> bool:
    """Whether a slot file lies here, readable or not."""
    return (folder / NAME).exists() or (folder / COPY).exists()


def _sum(plain: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _stretched(password: str, salt: bytes, cost: int) -> bytes:
    # An input method in full-width mode types ａ１ for a1: both are the same password.
    same = unicodedata.normalize("NFKC", password).encode()
    memory = 128 * _BLOCK * cost + _SPARE
    return hashlib.scrypt(same, salt=salt, n=cost, r=_BLOCK, p=1, maxmem=memory, dklen=32)


def _derived(letters: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, b"wuling recovery key").derive(letters.encode())
