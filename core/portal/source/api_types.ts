// Short names for the generated types of schemas/openapi.yaml and schemas/model.
import type { components as Api } from "#api";
import type { components as Records } from "#records";

type S = Api["schemas"];
type R = Records["schemas"];

export type AccountExport = S["AccountExport"];
export type Activity = S["Activity"];
export type ActivityPage = S["ActivityPage"];
export type Attempt = S["LinkAttempt"];
export type CaseFile = S["CaseFile"];
export type CaseList = S["CaseList"];
export type CaseRecord = S["CaseRecord"];
export type Challenge = S["Challenge"];
export type ContactSettings = S["ContactSettings"];
export type CredentialRecovery = S["CredentialRecovery"];
export type Cluster = S["Cluster"];
export type Device = S["Device"];
export type Fact = S["Fact"];
export type Field = S["Field"];
export type Figure = S["Figure"];
export type Flow = S["Flow"];
export type FlowNode = S["FlowNode"];
export type FurtherAddress = S["FurtherAddress"];
export type Hold = S["Hold"];
export type Jurisdiction = S["Jurisdiction"];
export type LedgerPage = S["LedgerPage"];
export type Link = S["Link"];
export type Me = S["Me"];
export type Meta = S["Meta"];
export type Money = S["Money"];
export type Passkey = S["Passkey"];
export type ApiRecord = S["Record"];
export type RecoveryForm = S["RecoveryForm"];
export type SafetyStop = S["SafetyStop"];
export type Session = S["Session"];
export type Source = S["Source"];
export type Summary = S["Summary"];
export type Sync = S["Sync"];
export type SystemStatus = S["SystemStatus"];
export type UnlinkReceipt = S["UnlinkReceipt"];
/** What went wrong. The page makes one itself when the gateway cannot be reached. */
export type Problem = Omit<S["Problem"], "code"> & { code: string };

export type CaseData = R["case_case"];
export type BalanceData = R["balance_balance"];
export type OrderData = R["order_order"];
export type ObligationData = R["obligation_obligation"];
export type ReceiptData = R["ledger_entry_receipt"];
export type DisbursementData = R["ledger_entry_disbursement"];
export type LedgerData = ReceiptData | DisbursementData;

/** The members of a record by its type. */
export const dataOf = <Data>(record: ApiRecord): Data => record.data as unknown as Data;
