using NewsHub.Web.Setup;

var builder = WebApplication.CreateBuilder(args);
builder.AddNewsSecurity();
builder.AddAssets();
builder.AddPageCache();

var app = builder.Build();
app.UseNewsSecurity();
app.UseAssets();
app.UsePageCache();
app.UseRouting();
app.Run();

public partial class Program;
