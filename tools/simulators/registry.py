"""The systems this program can simulate, one row each."""
from .oh_csenet.system import OhCsenet
from .tx_icop.system import TxIcop
from .tx_smart.system import TxSmart

SYSTEM_CLASSES = {
    TxIcop.system_id: TxIcop,
    TxSmart.system_id: TxSmart,
    OhCsenet.system_id: OhCsenet,
}
