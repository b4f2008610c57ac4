"""The systems this program can simulate, one row each."""
from .ca_connect.system import CaConnect
from .ga_batch.system import GaBatch
from .ks_quick.system import KsQuick
from .oh_csenet.system import OhCsenet
from .tx_icop.system import TxIcop
from .tx_smart.system import TxSmart

SYSTEM_CLASSES = {
    TxIcop.system_id: TxIcop,
    TxSmart.system_id: TxSmart,
    CaConnect.system_id: CaConnect,
    OhCsenet.system_id: OhCsenet,
    KsQuick.system_id: KsQuick,
    GaBatch.system_id: GaBatch,
}
