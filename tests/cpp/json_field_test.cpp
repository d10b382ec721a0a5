// Tests JSON parsing: conformance to RFC 8259, limits, and linear time.
#include "io/json_field.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "messages.h"

namespace ska::test {
namespace {

using namespace std::string_literals;

Json read(std::string_view text, const Reading& reading = {}) {
  return parse_json({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, {"f", "thing"},
                    reading);
}

std::string refusal(std::string_view text) {
  return message_of<JsonError>([&] { read(text); });
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ParseJson, ReadsEveryKindOfValue) {
  const std::string text =
      R"({"a":[1,-2,0.5,1e3,true,false,null,"x\u00e9\n"],"b":{"c":{},"d":[]},"e":18446744073709551615})";
  EXPECT_EQ(read(text), Json::parse(text));
  EXPECT_EQ(read(text).dump(), Json::parse(text).dump());
  EXPECT_EQ(read(" \t\r\n3 \n"), Json(3));
}

TEST(ParseJson, ReadsLoneSurrogatesAsReplacementCharacters) {
  const auto text_of = [](const std::string& inside) {
    return read("[\"" + inside + "\"]")[0].get<std::string>();
  };
  const std::string replaced = "\xef\xbf\xbd", letter = "\xf0\x9d\x84\x9e";
  EXPECT_EQ(text_of(R"(a\ud800b)"), "a" + replaced + "b");
  EXPECT_EQ(text_of(R"(\uDFFF)"), replaced);
  EXPECT_EQ(text_of(R"(\ud834\ud834\udd1e\udd1e)"), replaced + letter + replaced);
  EXPECT_EQ(text_of(R"(\ud834\udd1e)"), letter);
  EXPECT_EQ(text_of(R"(\\ud800)"), R"(\ud800)");  // an escaped backslash, not an escape sequence \ud800
  EXPECT_EQ(read(R"({"\ud800":1})").begin().key(), replaced);
  for (const char* text :
       {R"(["\ud80"])", R"(["\ud8zz"])", R"(["\ud800)", R"("\)", R"("\u)", R"(["\ud800\"])"})
    EXPECT_THROW(read(text), NotJsonError) << text;
}

TEST(ParseJson, TakesTheLastOfMembersWithOneName) {
  EXPECT_EQ(read(R"({"a":1,"b":{"c":2},"a":[3],"b":4})").dump(), R"({"a":[3],"b":4})");
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i % 50) + "\":" + std::to_string(i) + ",";
  many += "\"last\":0}";
  const Json json = read(many);
  ASSERT_EQ(json.size(), 51U);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(json["k" + std::to_string(i)], i + 50);
}

TEST(ParseJson, KeepsOnlyTheMembersAskedFor) {
  const Reading only_a{.keeps = [](const std::string& name) { return name == "a"; }};
  EXPECT_EQ(read(R"({"b":[[1,{"a":2}],3],"a":{"b":4},"c":5,"a":{"b":[6]},"d":{}})", only_a).dump(),
            R"({"a":{"b":[6]}})");
  EXPECT_EQ(read(R"([{"b":1}])", only_a).dump(), R"([{"b":1}])");  // the outermost value is a list
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  EXPECT_EQ(refusal(""), "f is no thing: it is not JSON, as byte 1 shows.");
  for (const char* text : {"{} {}", "{},", "{\"a\":1,}", "[1 2]", "NaN", "Infinity", "01", "+1", ".5", "'a'",
                           "{a:1}", "// x\n1", "\"\t\"", "\"\xff\"", "tru", "[", "\"a", "{\"a\"}"})
    EXPECT_TRUE(refusal(text).starts_with("f is no thing: it is not JSON, as byte ")) << text;
}

TEST(ParseJson, RefusesAllAfterTheDocumentThatIsNotWhiteSpace) {
  EXPECT_EQ(refusal("{}\0"s), "f is no thing: it is not JSON, as byte 3 shows.");
  EXPECT_EQ(refusal("{}\0 anything"s), "f is no thing: it is not JSON, as byte 3 shows.");
  EXPECT_EQ(refusal("{} \0{}"s), "f is no thing: it is not JSON, as byte 4 shows.");
  EXPECT_EQ(refusal("{\"a\":\0 1}"s), "f is no thing: it is not JSON, as byte 6 shows.");
  EXPECT_EQ(refusal("\0"s), "f is no thing: it is not JSON, as byte 1 shows.");
}

TEST(ParseJson, RefusesNumbersThatAreNotFinite) {
  const std::string message = "f is no thing: one of its numbers is beyond what a finite number can be.";
  for (const char* text : {"1e999", "-1e999", "[1,{\"a\":1e309}]", "{\"unread\":[[1e999]]}"})
    EXPECT_EQ(refusal(text), message) << text;
  EXPECT_EQ(read("1.7976931348623157e308").get<double>(), 1.7976931348623157e308);
  EXPECT_EQ(read("1e-999").get<double>(), 0.0);
}

TEST(ParseJson, RefusesTooManyLevels) {
  const std::string message = "f is no thing: it is nested deeper than the 16 levels allowed.";
  EXPECT_NO_THROW(read(repeated("[", 16) + repeated("]", 16)));
  EXPECT_EQ(refusal(repeated("[", 17) + repeated("]", 17)), message);
  EXPECT_EQ(refusal(repeated("[", 1'000'000)), message);
  EXPECT_EQ(refusal(repeated("{\"a\":", 100'000)), message);
  const Reading nothing{.keeps = [](const std::string&) { return false; }};
  EXPECT_EQ(message_of<JsonError>([&] { read("{\"skipped\":" + repeated("[", 17), nothing); }), message);
}

TEST(ParseJson, RefusesTooManyBytesItemsAndParts) {
  EXPECT_EQ(message_of<JsonError>([&] { read("[1,2]", {.keeps = nullptr, .most_bytes = 4}); }),
            "f is no thing: it has more than 4 bytes, the most allowed.");
  EXPECT_EQ(read("[" + repeated("0,", 999'999) + "0]").size(), 1'000'000U);
  EXPECT_EQ(refusal("[" + repeated("0,", 1'000'000) + "0]"),
            "f is no thing: a list in it has more than 1000000 items, the most allowed.");
  const std::string half_a_million = "[" + repeated("[],", 499'999) + "[]]";
  EXPECT_EQ(refusal("[" + repeated(half_a_million + ",", 12) + "0]"),
            "f is no thing: it has more than 6000000 texts, lists and objects, the most allowed.");
}

TEST(ParseJson, ReadsManyItemsAndMembersInTimeLinearInTheirNumber) {
  // With a linear search for every item and member this took minutes,
  // so the test detects a regression by its time limit.
  const Json list = read("[" + repeated("{\"seed\":1},", 999'999) + "{}]");
  EXPECT_EQ(list.size(), 1'000'000U);
  std::string members = "{";
  for (int i = 0; i < 300'000; ++i) members += "\"k" + std::to_string(i) + "\":1,";
  EXPECT_EQ(read(members + "\"last\":1}").size(), 300'001U);
}

TEST(Field, QuotesLittleOfALongKeyAndNoControlCharacter) {
  const Json json = read("{\"" + std::string(1'000'000, 'k') + "\":1,\"\\u001b[31m\\u009b\":{\"x\":2}}");
  std::vector<std::string> messages;
  Field(json, {"f", "thing"}).for_members([&](const std::string&, const Field& value) {
    messages.push_back(message_of<JsonError>([&] { value.refuse("true"); }));
  });
  EXPECT_EQ(messages, (std::vector<std::string>{
                          "f is no thing: " + std::string(60, 'k') + "… must be true; 1 was given.",
                          "f is no thing: \\u001b[31m\\u009b must be true; an object was given."}));
}

TEST(Field, QuotesLittleOfALongText) {
  const Json json = std::string(1'000'000, 'v') + "\x1b";
  EXPECT_EQ(message_of<JsonError>([&] {
              static_cast<void>(Field(json, {"f", "thing"}).truth());
            }),
            "f is no thing: it must be true or false; \"" + std::string(59, 'v') + "… was given.");
  EXPECT_EQ(message_of<JsonError>([&] {
              static_cast<void>(Field(json, {"f", "thing"}).text(10));
            }),
            "f is no thing: it must be text of at most 10 bytes; \"" + std::string(59, 'v') + "… was given.");
}

}  // namespace
}  // namespace ska::test
