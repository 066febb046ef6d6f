/**
 * Campaigns: one message, or one for each, to a list of any length, at the speed that the sender may have, through crashes.
 *
 * @packageDocumentation
 */
export { Campaign, type CampaignRunOptions } from "./campaign.js";
export type { CampaignOptions } from "./campaign-options.js";
export type { CampaignProgress, CampaignResult, CampaignStatus, CampaignTotals } from "./campaign-result.js";
export type { CampaignItem, CampaignRecipients } from "./recipients/campaign-item.js";
export { recipientsFromCsv } from "./recipients/recipients-from-csv.js";
export type {
  CsvRecipient,
  CsvRecipientOptions,
  CsvSource,
  RecipientColumns,
} from "./recipients/csv-recipient.js";
export type { TextSource } from "../csv/text-source.js";
export type { CampaignMessage } from "./message/message-maker.js";
export type { CampaignSendOptions } from "./message/batch-message.js";
export { template, type MessageTemplate } from "./message/template.js";
export type { FieldsIn, NamesIn } from "./message/fields-in.js";
export type {
  CampaignCost,
  CampaignPreview,
  CampaignPreviewOptions,
  SenderPreview,
} from "./preview/campaign-preview.js";
export { formatMicros, priceOf, type PriceTable, type SegmentPrice } from "../prices/price-table.js";
export type {
  BatchPosition,
  CampaignJournal,
  ClaimedBatch,
  JournalCampaign,
  JournalItem,
  JournalOpening,
  JournalOpenOptions,
  JournalRecord,
  JournalResult,
  JournalStatus,
  JournalTotals,
  PlannedBatch,
  RunPosition,
  SettledBatch,
  Settlement,
} from "./journal/campaign-journal.js";
export type { CampaignBatch, CampaignBatchOptions, CampaignBatchOutcome } from "./sharing/campaign-batch.js";
export { sendCampaignBatch } from "./sharing/send-campaign-batch.js";
export { campaignJournalMigration } from "./journal/postgres-journal-migration.js";
export { PostgresCampaignJournal } from "./journal/postgres-campaign-journal.js";
export { SqliteCampaignJournal } from "./journal/sqlite-campaign-journal.js";
export { RateLimiter, type RateLimiterOptions } from "../rates/rate-limiter.js";
