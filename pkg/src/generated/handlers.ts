// Written by `cargo xtask generate`; edit the tables under src/ instead.

import type { Handler } from "../receiver/create-receiver.js";
import type { WebhookEvent } from "../verify/event.js";
import type { PayloadByName } from "./events.js";

/** The handlers of the known events. */
export interface KnownHandlers {
  /**
   * Project Created. Since Console 10.7.0.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly project_created?: Handler<WebhookEvent<"project_created", PayloadByName["project_created"]>>;
  /**
   * Service Created. Since Console 10.7.0.
   *
   * The company's id is at `payload.tenantId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly service_created?: Handler<WebhookEvent<"service_created", PayloadByName["service_created"]>>;
  /**
   * Configuration Saved. Since Console 13.4.0.
   *
   * The company's id is at `payload.tenantId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly configuration_saved?: Handler<WebhookEvent<"configuration_saved", PayloadByName["configuration_saved"]>>;
  /**
   * Tag or Version Created. Since Console 11.4.1.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly tag_created?: Handler<WebhookEvent<"tag_created", PayloadByName["tag_created"]>>;
  /**
   * Version Deleted. Since Console 14.2.0.
   *
   * The company's id is at `payload.tenantId` or `payload.project.tenantId`.
   *
   * The project's id is at `payload.projectId`, `payload.project.projectId` or `payload.project._id`.
   */
  readonly tag_deleted?: Handler<WebhookEvent<"tag_deleted", PayloadByName["tag_deleted"]>>;
  /**
   * User added. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_added`.
   *
   * Old Consoles sent `project_user_added`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_added?: Handler<WebhookEvent<"user_added", PayloadByName["user_added"]>>;
  /**
   * User edited. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_edited`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_edited?: Handler<WebhookEvent<"user_edited", PayloadByName["user_edited"]>>;
  /**
   * User removed. Since Console 12.3.0.
   *
   * Another name of the same event is `company_user_removed`.
   *
   * Old Consoles sent `project_user_removed`.
   *
   * The company's id is at `payload.resource.companyId` or `payload.companyId`.
   *
   * The project's id is at `payload.resource.projectId` or `payload.projectId`.
   */
  readonly user_removed?: Handler<WebhookEvent<"user_removed", PayloadByName["user_removed"]>>;
  /**
   * User added to Company. Since Console 12.1.0. Another name of `user_added`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_added?: Handler<WebhookEvent<"company_user_added", PayloadByName["company_user_added"]>>;
  /**
   * User Company role edited. Since Console 12.1.0. Another name of `user_edited`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_edited?: Handler<WebhookEvent<"company_user_edited", PayloadByName["company_user_edited"]>>;
  /**
   * User removed from Company. Since Console 12.1.0. Another name of `user_removed`.
   *
   * The company's id is at `payload.companyId`.
   */
  readonly company_user_removed?: Handler<WebhookEvent<"company_user_removed", PayloadByName["company_user_removed"]>>;
  /**
   * User added to Project. Since Console 12.1.0; newer Consoles send `user_added`.
   *
   * The company's id is at `payload.companyId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly project_user_added?: Handler<WebhookEvent<"project_user_added", PayloadByName["project_user_added"]>>;
  /**
   * User removed from Project. Since Console 12.1.0; newer Consoles send `user_removed`.
   *
   * The company's id is at `payload.companyId`.
   *
   * The project's id is at `payload.projectId`.
   */
  readonly project_user_removed?: Handler<WebhookEvent<"project_user_removed", PayloadByName["project_user_removed"]>>;
}
