// Hands on what an open transaction knows of keys.
#include "core/storage/key_database.hpp"

#include "core/storage/transaction.hpp"

namespace casebridge::storage {
namespace {

class KeysInStore final : public ports::KeyDatabase {
 public:
  explicit KeysInStore(ports::Store& store) : store_(store) {}
  Result<void> write(const Work& work) override { return store_.write(within(work)); }
  Result<void> read(const Work& work) override { return store_.read(within(work)); }
  Result<void> glance(const Work& work) override { return store_.glance(within(work)); }

 private:
  static ports::Store::Work within(const Work& work) {
    return [&work](ports::Transaction& tx) { return work(dynamic_cast<OpenTransaction&>(tx).keys()); };
  }

  ports::Store& store_;
};

}  // namespace

std::unique_ptr<ports::KeyDatabase> keys_in(ports::Store& store) {
  return std::make_unique<KeysInStore>(store);
}

}  // namespace casebridge::storage
