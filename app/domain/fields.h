#pragma once
// Names for the numbers of kinds.h, for code that means one certain field. The numbers are on the
// wire and in every vault: append, never reorder, never reuse. Codes of enumerations follow their
// order in the tables of kinds_*.cpp; a test holds both against the written table. Constants only.

#include <cstdint>

#include "sync/ids.h"

namespace rukun::fields {

namespace household {
inline constexpr KindId kKind = 1;
inline constexpr FieldId kName = 1, kKkNumber = 2, kAddress = 3, kDusun = 4, kRt = 5, kRw = 6,
                         kPhone = 7, kPeople = 8, kInfants = 9, kElderly = 10, kDisabled = 11,
                         kPregnant = 12, kNote = 13, kLocation = 14, kRondaExempt = 15,
                         kStatus = 16, kSameAs = 17, kNotSameAs = 18;
inline constexpr std::int64_t kStatusHere = 1, kStatusMoved = 2, kStatusGone = 3;
}  // namespace household

namespace resident {
inline constexpr KindId kKind = 2;
inline constexpr FieldId kHousehold = 1, kName = 2, kNik = 3, kSex = 4, kBirthDate = 5,
                         kBirthPlace = 6, kPhone = 7, kFamilyRole = 8, kDisability = 9,
                         kPregnant = 10, kStatus = 11, kNote = 12, kSameAs = 13, kNotSameAs = 14;
inline constexpr std::int64_t kSexMale = 1, kSexFemale = 2;
inline constexpr std::int64_t kFamilyRoleHead = 1, kFamilyRoleSpouse = 2, kFamilyRoleChild = 3,
                              kFamilyRoleParent = 4, kFamilyRoleOther = 5;
inline constexpr std::int64_t kDisabilityNone = 1, kDisabilityPhysical = 2, kDisabilityVisual = 3,
                              kDisabilityHearing = 4, kDisabilityMental = 5,
                              kDisabilityMultiple = 6, kDisabilityOther = 7;
inline constexpr std::int64_t kStatusHere = 1, kStatusMoved = 2, kStatusDied = 3;
}  // namespace resident

namespace need {
inline constexpr KindId kKind = 3;
inline constexpr FieldId kTitle = 1, kCategory = 2, kItem = 3, kQuantity = 4, kUnit = 5,
                         kUrgency = 6, kHousehold = 7, kResident = 8, kPeople = 9, kNeededBy = 10,
                         kNote = 11, kPrivacy = 12, kClosed = 13;
inline constexpr std::int64_t kUrgencyNormal = 1, kUrgencySoon = 2, kUrgencyUrgent = 3,
                              kUrgencyLife = 4;
inline constexpr std::int64_t kPrivacyPublic = 1, kPrivacyMembers = 2;
}  // namespace need

namespace offer {
inline constexpr KindId kKind = 4;
inline constexpr FieldId kTitle = 1, kCategory = 2, kItem = 3, kQuantity = 4, kUnit = 5,
                         kHousehold = 6, kGiver = 7, kGiverType = 8, kListing = 9,
                         kAvailableFrom = 10, kAvailableUntil = 11, kPickupPlace = 12, kNote = 13,
                         kWithdrawn = 14;
inline constexpr std::int64_t kGiverTypeResident = 1, kGiverTypeBusiness = 2,
                              kGiverTypeGovernment = 3, kGiverTypeOutside = 4;
}  // namespace offer

namespace pledge {
inline constexpr KindId kKind = 5;
inline constexpr FieldId kNeed = 1, kOffer = 2, kQuantity = 3, kCarrier = 4, kState = 5, kNote = 6;
inline constexpr std::int64_t kStatePromised = 1, kStateOnTheWay = 2, kStateFellThrough = 3;
}  // namespace pledge

namespace handover {
inline constexpr KindId kKind = 6;
inline constexpr FieldId kPledge = 1, kEntitlement = 2, kNeed = 3, kQuantity = 4, kAt = 5,
                         kReceivedBy = 6, kWitness = 7, kReceiptCode = 8, kConfirmed = 9,
                         kNote = 10;
}  // namespace handover

namespace volunteer {
inline constexpr KindId kKind = 7;
inline constexpr FieldId kResident = 1, kName = 2, kPhone = 3, kSkills = 4, kAvailability = 5,
                         kWeeklyLimit = 6, kInactive = 7;
}  // namespace volunteer

namespace activity {
inline constexpr KindId kKind = 8;
inline constexpr FieldId kName = 1, kType = 2, kPlace = 3, kDefaultSlots = 4, kRequiredSkills = 5,
                         kRotation = 6, kRecurrence = 7, kProgram = 8;
inline constexpr std::int64_t kTypeRonda = 1, kTypePublicKitchen = 2, kTypePost = 3,
                              kTypeDistribution = 4, kTypePosyandu = 5, kTypeCleanup = 6,
                              kTypeTraining = 7, kTypeMentoring = 8, kTypeOther = 9;
inline constexpr std::int64_t kRotationNone = 1, kRotationHousehold = 2, kRotationVolunteer = 3;
}  // namespace activity

namespace shift {
inline constexpr KindId kKind = 9;
inline constexpr FieldId kActivity = 1, kStarts = 2, kEnds = 3, kPlace = 4, kSlots = 5,
                         kPublished = 6, kCancelled = 7, kListing = 8, kNextStep = 9;
}  // namespace shift

namespace signup {
inline constexpr KindId kKind = 10;
inline constexpr FieldId kShift = 1, kVolunteer = 2, kHousehold = 3, kState = 4, kAttendance = 5,
                         kReplaces = 6;
inline constexpr std::int64_t kStateJoined = 1, kStateWithdrawn = 2;
inline constexpr std::int64_t kAttendancePresent = 1, kAttendanceAbsent = 2, kAttendanceExcused = 3;
}  // namespace signup

namespace drive {
inline constexpr KindId kKind = 11;
inline constexpr FieldId kTitle = 1, kPurpose = 2, kGoalType = 3, kItem = 4, kTarget = 5, kUnit = 6,
                         kStarts = 7, kEnds = 8, kRecurrence = 9, kAccountNote = 10, kClosed = 11,
                         kClosingNote = 12;
inline constexpr std::int64_t kGoalTypeGoods = 1, kGoalTypeMoney = 2, kGoalTypeHours = 3;
}  // namespace drive

namespace contribution {
inline constexpr KindId kKind = 12;
inline constexpr FieldId kDrive = 1, kDirection = 2, kAmount = 3, kAt = 4, kContributor = 5,
                         kNeed = 6, kEvidenceNote = 7;
inline constexpr std::int64_t kDirectionIn = 1, kDirectionOut = 2;
}  // namespace contribution

namespace program {
inline constexpr KindId kKind = 13;
inline constexpr FieldId kTitle = 1, kSource = 2, kTarget = 3, kStarts = 4, kEnds = 5,
                         kExclusiveWith = 6, kNote = 7;
inline constexpr std::int64_t kSourceCentral = 1, kSourceProvince = 2, kSourceRegency = 3,
                              kSourceVillageFund = 4, kSourceGrant = 5;
inline constexpr std::int64_t kTargetPerson = 1, kTargetHousehold = 2;
}  // namespace program

namespace stock {
inline constexpr KindId kKind = 14;
inline constexpr FieldId kProgram = 1, kItem = 2, kQuantity = 3, kUnit = 4, kAt = 5,
                         kSourceNote = 6;
}  // namespace stock

namespace entitlement {
inline constexpr KindId kKind = 15;
inline constexpr FieldId kProgram = 1, kHousehold = 2, kResident = 3, kItem = 4, kQuantity = 5,
                         kUnit = 6, kExceptionReason = 7;
}  // namespace entitlement

namespace listing {
inline constexpr KindId kKind = 16;
inline constexpr FieldId kHousehold = 1, kBusiness = 2, kProduct = 3, kPrice = 4, kUnit = 5,
                         kPhone = 6, kPreorderUntil = 7, kPaused = 8;
}  // namespace listing

namespace order {
inline constexpr KindId kKind = 17;
inline constexpr FieldId kListing = 1, kHousehold = 2, kQuantity = 3, kWish = 4, kState = 5;
inline constexpr std::int64_t kStateOrdered = 1, kStateReady = 2, kStateDone = 3,
                              kStateCancelled = 4;
}  // namespace order

namespace training {
inline constexpr KindId kKind = 18;
inline constexpr FieldId kTitle = 1, kTopic = 2, kShift = 3, kFacilitator = 4, kMaterials = 5;
inline constexpr std::int64_t kTopicProduct = 1, kTopicMarketing = 2, kTopicFinance = 3,
                              kTopicDigital = 4, kTopicHealth = 5, kTopicOther = 6;
}  // namespace training

namespace resource {
inline constexpr KindId kKind = 19;
inline constexpr FieldId kTitle = 1, kTopic = 2, kProvider = 3, kRequirements = 4, kContact = 5,
                         kHours = 6, kDeadline = 7;
inline constexpr std::int64_t kTopicAid = 1, kTopicCapital = 2, kTopicHealth = 3, kTopicLegal = 4,
                              kTopicTraining = 5, kTopicEmergency = 6, kTopicOther = 7;
}  // namespace resource

namespace notice {
inline constexpr KindId kKind = 20;
inline constexpr FieldId kTitle = 1, kBody = 2, kUrgency = 3, kValidUntil = 4;
inline constexpr std::int64_t kUrgencyInfo = 1, kUrgencyImportant = 2, kUrgencyEmergency = 3;
}  // namespace notice

namespace report_mark {
inline constexpr KindId kKind = 21;
inline constexpr FieldId kRt = 1, kRw = 2, kPeriod = 3, kState = 4;
inline constexpr std::int64_t kStateComplete = 1, kStateNothingNeeded = 2;
}  // namespace report_mark

}  // namespace rukun::fields
