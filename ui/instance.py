"""One window for each profile: a second start asks the first window to come to the front."""

import getpass
import logging
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TIMEOUT_MS = 1500
_HEARD = b"raised\n"
_log = logging.getLogger(__name__)


def server_name(profile: Path) -> str:
    """A name for this user and profile that any system takes for a local socket."""
    told = f"{getpass.getuser()}\n{profile.resolve()}"
    # Qt's own: Python's loads OpenSSL, which takes 4 MB and is not needed before the first download.
    digest = QCryptographicHash.hash(told.encode(), QCryptographicHash.Algorithm.Sha256)
    return f"aboutface-{digest.toHex().toStdString()[:16]}"


def raise_first(profile: Path) -> bool:
    """Asks the window that has this profile to come to the front; False where no window answers.

    Connecting is the whole question.
    """
    socket = QLocalSocket()
    socket.connectToServer(server_name(profile))
    is_heard = socket.waitForConnected(_TIMEOUT_MS) and (
        socket.bytesAvailable() > 0 or socket.waitForReadyRead(_TIMEOUT_MS)
    )
    socket.abort()
    return is_heard


class Instance(QObject):
    """Listens for later starts. Only the holder of the writer's lock may listen.

    A name that a killed process left behind is taken over: the lock says that nobody has it.
    """

    raise_wanted = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = server_name(profile)
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            _log.warning("later starts cannot find this window: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.write(_HEARD)
        socket.flush()
        self.raise_wanted.emit()
