"""The systems this program can simulate, one row each."""
from .oh_csenet.system import OhCsenet
from .tx_icop.system import TxIcop

SYSTEM_CLASSES = {
    TxIcop.system_id: TxIcop,
    OhCsenet.system_id: OhCsenet,
}
