#pragma once
// The engine as a link session sees it: what this laptop has, what a peer lacks, and the one door
// for what comes. Several sessions may be under way, and the user writes meanwhile: so what a
// session took is committed before anybody else's turn (settle()), earlier than the session itself
// would ask for it. Errors are the engine's; full, io and busy end the session. One thread: the
// engine's.

#include "app/engine/engine_works.h"
#include "sync/session.h"

namespace rukun {

// Every key that a link may be proved by: of all neighborhoods the present epoch, earlier ones, and
// invitations that are open. Read again when something changed.
class LinkKeyring {
 public:
  struct Entry {
    Secret psk;
    std::optional<SpaceId> space;
    bool invitation = false;
    bool current = true;  // not an earlier epoch's
    LinkKey key() const { return {psk.view(), space, invitation}; }
  };

  Status refresh(Engine::Works& works, std::int64_t now_ms);
  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Secret>& beacon_keys() const { return beacon_keys_; }  // in the same order

 private:
  void add(Secret psk, Secret beacon, std::optional<SpaceId> space, bool invitation);
  Status add_invitations(Engine::Works& works);

  std::vector<Entry> entries_;
  std::vector<Secret> beacon_keys_;
  std::map<TxnTag, EpochId> epochs_;  // of the envelopes that are here
  std::size_t made_of_ = 0;           // how much there was to read when this was made
  std::int64_t again_ms_ = 0;
};

class EngineHost final : public SessionHost {
 public:
  EngineHost(Engine::Works& works, const LinkKeyring& keyring, HandshakeMemory& memory,
             UnfinishedMemory& unfinished);

  const BoxPair& link_identity() const override;
  void each_link_key(const std::function<void(const LinkKey&)>& each) const override;
  bool is_new_handshake(const TxnTag& handshake) override;
  bool is_member(const SpaceId& space, const BoxKey& peer) const override;
  bool was_removed(const SpaceId& space, const BoxKey& peer) const override;
  Result<LinkHave> have(const SpaceId& space, bool to_member) override;
  Result<std::unique_ptr<LinkAnswer>> answer(const SpaceId& space, const LinkHave& theirs,
                                             LinkScope scope, const BoxKey& peer) override;
  Result<SpaceId> take_envelope(const std::optional<SpaceId>& space, ByteView envelope) override;
  Status take_receipt(const SpaceId& space, ByteView receipt,
                      const std::optional<BoxKey>& peer) override;
  Status take_segment(const SpaceId& space, LogKind which, ByteView segment) override;
  Status commit() override;
  void roll_back() override;
  std::optional<Bytes> take_unfinished(const SpaceId& space, LinkItemKind kind) override;

  // Ends the present turn: what was taken is durable and merged. A failure is told to the session
  // at its next commit.
  void settle();
  // True when the last turn made this laptop itself say something: a pin, a box.
  bool spoke() const { return spoke_; }
  const ExchangeReport& report() const { return *report_; }

 private:
  Status believe();
  Status forget();

  Engine::Works& works_;
  const LinkKeyring& keyring_;
  HandshakeMemory& memory_;
  UnfinishedMemory& unfinished_;
  ReceivedBySpace received_;
  std::shared_ptr<ExchangeReport> report_;  // answers count what they give, even after this host
  std::optional<Error> failure_;
  bool batch_open_ = false;
  bool spoke_ = false;
};

}  // namespace rukun
